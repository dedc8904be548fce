public import PostgresProtocol

/// Shows the messages of connections, each as it is sent or received: `PostgresConfiguration.wireTrace`.
///
///     configuration.wireTrace = WireTrace { event in print(event) }
///
/// It is meant for looking into a problem. Everything from the request for TLS on is shown, as it was before encryption.
/// Passwords, what SASL exchanges and cancel keys never are; parameters and row data only with `showsValues`; SQL always
/// is, with the values that stand in it.
///
/// Without a trace a connection pays one comparison for each system call.
public struct WireTrace: Sendable {
    /// One message of one connection.
    public struct Event: Sendable {
        /// The connection, counted from 1 in the order in which the trace met them; a cancel request has its own.
        public var connection: Int
        /// The time since the trace met the connection.
        public var time: Duration
        /// The message.
        public var message: TracedMessage
    }

    /// Whether parameters, row data, COPY data, notification payloads and details of errors are shown.
    public let showsValues: Bool
    let receive: @Sendable (Event) -> Void
    let connections: ConnectionCounter

    /// Makes a trace.
    ///
    /// - Parameters:
    ///   - showsValues: Whether parameters, row data, COPY data, notification payloads and details of errors are shown.
    ///   - receive: Is called for each message, in order for each connection, in the middle of sending and receiving: it
    ///     may write the event down and must neither wait nor use the connection.
    public init(showsValues: Bool = false, _ receive: @escaping @Sendable (Event) -> Void) {
        self.showsValues = showsValues
        self.receive = receive
        connections = ConnectionCounter()
    }
}

extension WireTrace.Event: CustomStringConvertible {
    /// One line: the connection, the time in milliseconds, and the message.
    public var description: String {
        let microseconds = time / .microseconds(1)
        let thousandths = Int(microseconds.rounded(.down))
        let fraction = String(1_000 + thousandths % 1_000).dropFirst()
        return "#\(connection) \(thousandths / 1_000).\(fraction) ms \(message)"
    }
}

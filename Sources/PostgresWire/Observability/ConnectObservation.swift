internal import PostgresProtocol

/// An attempt to open a connection, for its observers.
struct ConnectObservation: Sendable {
    private let observers: Observers
    private let start: ClientEvent.ConnectStart
    private let began = ContinuousClock.now

    /// Tells that an attempt begins; nil if nobody observes it.
    init?(_ configuration: PostgresConfiguration) {
        guard let observers = Observers(configuration.observers, configuration.observation) else {
            return nil
        }
        self.observers = observers
        start = ClientEvent.ConnectStart(
            id: .next(), endpoints: configuration.endpoints, database: configuration.observedDatabase,
            tlsMode: configuration.tlsMode, poolName: configuration.poolName)
        observers.tell(.connectStarted(start))
    }

    /// Tells that the connection is open, and what the server has said meanwhile.
    func ended(_ connection: PostgresConnection, _ notices: [DiagnosticFields]) {
        tell(connection, nil)
        guard let session = connection.session.observation else { return }
        for fields in notices { observers.tell(.notice(session.notice(fields))) }
    }

    func failed(_ error: PostgresError) {
        tell(nil, error)
    }

    private func tell(_ connection: PostgresConnection?, _ error: PostgresError?) {
        observers.tell(
            .connectEnded(
                ClientEvent.ConnectEnd(
                    start: start, duration: began.duration(to: .now),
                    connection: connection?.session.observation?.connection, tls: connection?.tls,
                    authenticationMethod: connection?.authenticationMethod,
                    failure: observers.failure(error))))
    }
}

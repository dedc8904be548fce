internal import Locking
package import PostgresProtocol

extension PostgresConnection {
    /// Sets who takes the notices of this connection, with their details, from now on.
    ///
    /// The receiver is called while messages are read: it may write the notice down, and must neither wait nor use the
    /// connection.
    package func onNotice(_ receive: @escaping @Sendable (DiagnosticFields) -> Void) {
        session.state.withLock { $0.noticeSink = receive }
    }
}

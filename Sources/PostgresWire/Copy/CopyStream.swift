internal import Locking
internal import PostgresProtocol

/// One COPY to the client: its caller takes data, its last holder ends it.
final class CopyStream: Sendable {
    private let session: Session
    private let operation: Operation
    /// Kept so that the connection stays open while data are read.
    private let connection: PostgresConnection
    let site: CallSite
    /// The pool's loan, which ends with the last data.
    private let lease: StreamLease?

    init(
        _ operation: Operation, on connection: PostgresConnection, at site: CallSite, lease: StreamLease?
    ) {
        self.site = site
        self.lease = lease
        session = connection.session
        self.operation = operation
        self.connection = connection
    }

    deinit { session.abandon(operation) }

    /// Waits for the first data, or for the end of an empty COPY.
    func begin() async throws(PostgresError) {
        await session.wait(for: operation, until: .rows)
        let isCopy = session.locked { _, _ in operation.copyOut != nil }
        if isCopy { return }
        giveUp()
        await session.wait(for: operation)
        throw operation.failure ?? .notACopyOut
    }

    /// The data that have arrived; nil after the last of them.
    func nextData() async throws(PostgresError) -> RowStorage? {
        // A cancelled task must pass through `wait`, which asks the server to stop.
        if !Task.isCancelled, let data = session.takeStorage(of: operation) { return data }
        await session.wait(for: operation, until: .rows)
        if let data = session.takeStorage(of: operation) { return data }
        await session.wait(for: operation)
        lease?.end()
        if let error = operation.failure { throw error.at(site) }
        return nil
    }

    /// Lets what is left be read and thrown away.
    func giveUp() { session.abandon(operation) }

    /// Ends the session.
    func end() { session.close() }

    /// What the server says it has copied, once it has.
    var command: CommandTag? { session.locked { _, _ in operation.results.last?.command } }

    /// The columns of the call's first statement, as the server has described them.
    var columns: RowColumns? { session.locked { _, _ in operation.currentColumns(0) } }

    /// Whether the call may be sent once more, since the statements it used have become invalid.
    func mayTryAgain(after error: PostgresError) -> Bool { session.heal(operation, after: error) }
}

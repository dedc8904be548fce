internal import Locking
internal import PostgresProtocol

/// One streamed statement: its caller takes batches, its last holder ends it.
final class RowStream: Sendable {
    private let session: Session
    private let operation: Operation
    /// Kept so that the connection stays open while rows are read.
    private let connection: PostgresConnection

    init(_ operation: Operation, on connection: PostgresConnection) {
        session = connection.session
        self.operation = operation
        self.connection = connection
    }

    deinit { session.abandon(operation) }

    /// The rows that have arrived; nil after the last one.
    func nextBatch() async throws(PostgresError) -> PostgresRows? {
        await session.wait(for: operation, until: .rows)
        if let batch = session.takeBatch(of: operation) { return batch }
        await session.wait(for: operation)
        if let error = operation.failure { throw error }
        guard operation.results.count <= 1 else { throw .severalStatements }
        return nil
    }
}

extension Session {
    /// Takes the rows that wait and lets reading go on.
    func takeBatch(of operation: Operation) -> PostgresRows? {
        locked { state, wakeups in
            let storage = takeStorage(of: operation, &state, &wakeups)
            guard let storage, let columns = operation.columns else { return nil }
            return PostgresRows(storage: storage, columns: columns, command: CommandTag(text: ""))
        }
    }

    /// Takes the data of a COPY that wait and lets reading go on.
    func takeStorage(of operation: Operation) -> RowStorage? {
        locked { state, wakeups in takeStorage(of: operation, &state, &wakeups) }
    }

    private func takeStorage(
        of operation: Operation, _ state: inout SessionState, _ wakeups: inout Wakeups
    ) -> RowStorage? {
        let storage = operation.storage
        operation.storage = nil
        resumeReading(&state, &wakeups)
        return storage
    }

    /// Reads and drops what is left of a stream that nobody reads any more.
    func abandon(_ operation: Operation) {
        locked { state, wakeups in
            operation.isAbandoned = true
            operation.storage = nil
            state.watchesReads = true
            resumeReading(&state, &wakeups)
        }
    }

    private func resumeReading(_ state: inout SessionState, _ wakeups: inout Wakeups) {
        if state.isPaused {
            state.isPaused = false
            consume(&state, &wakeups)
            // What TLS has decrypted already does not make the socket readable again.
            if socket.readsInPieces { pump(&state, &wakeups) }
        }
        updateInterest(&state)
    }
}

extension PostgresConnection {
    /// Runs a statement and returns its rows as they arrive.
    ///
    ///     for try await row in try await connection.query("SELECT id, name FROM users") {
    ///         let (id, name) = try row.decode((Int, String).self)
    ///     }
    public func query(_ query: PostgresQuery) async throws(PostgresError) -> PostgresRowSequence {
        var treatment = treatment(timeout: query.timeout)
        treatment.streamLimit = PostgresRowSequence.bufferedBytes
        let operation = try await start(.statements([query]), treatment)
        return PostgresRowSequence(stream: RowStream(operation, on: self))
    }
}

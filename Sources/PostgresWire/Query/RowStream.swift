internal import Locking
internal import PostgresProtocol

/// One streamed statement: its caller takes batches, its last holder ends it.
final class RowStream: Sendable {
    private let session: Session
    /// Kept so that the connection stays open while rows are read.
    private let connection: PostgresConnection
    private let query: PostgresQuery
    private let treatment: Session.Treatment
    private let site: CallSite
    /// The pool's loan, which ends with the last row.
    private let lease: StreamLease?
    private let state: Lock<State>

    private struct State {
        var operation: Operation
        /// Whether nothing has come of it yet, and it was sent once only.
        var mayBeSentAgain = true
    }

    /// Sends the statement.
    init(
        _ query: PostgresQuery, _ treatment: Session.Treatment, on connection: PostgresConnection,
        at site: CallSite, lease: StreamLease?
    ) async throws(PostgresError) {
        session = connection.session
        self.connection = connection
        self.query = query
        self.treatment = treatment
        self.site = site
        self.lease = lease
        state = Lock(State(operation: try await connection.start(.statements([query]), treatment)))
    }

    deinit { session.abandon(state.withLock { $0.operation }) }

    /// What the statement did; nil until the last row was taken.
    var command: CommandTag? {
        let operation = state.withLock { $0.operation }
        guard operation.isFinished else { return nil }
        return session.state.withLock { _ in operation.results.last?.command }
    }

    /// The rows that have arrived; nil after the last one.
    ///
    /// A statement that has become invalid is sent once more if no row of it has been taken.
    func nextBatch() async throws(PostgresError) -> PostgresRows? {
        do throws(PostgresError) {
            if let batch = try await takeBatch() { return batch }
            lease?.end()
            return nil
        } catch {
            lease?.end()
            throw error.at(site)
        }
    }

    private func takeBatch() async throws(PostgresError) -> PostgresRows? {
        while true {
            let operation = state.withLock { $0.operation }
            await session.wait(for: operation, until: .rows)
            if let batch = session.takeBatch(of: operation) {
                state.withLock { $0.mayBeSentAgain = false }
                return batch
            }
            await session.wait(for: operation)
            guard let error = operation.failure else {
                guard operation.results.count <= 1 else { throw .severalStatements }
                return nil
            }
            guard session.heal(operation, after: error), state.withLock({ $0.mayBeSentAgain }) else {
                throw error
            }
            let again = try await connection.start(.statements([query]), treatment)
            state.withLock { $0 = State(operation: again, mayBeSentAgain: false) }
        }
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
        locked { state, wakeups in drop(rowsOf: operation, &state, &wakeups) }
        // A task that leaves since it was cancelled wants no more of the statement.
        if Task.isCancelled { cancel(operation) }
    }

    /// Lets the rest of a stream be read and thrown away; called with the lock held.
    func drop(rowsOf operation: Operation, _ state: inout SessionState, _ wakeups: inout Wakeups) {
        operation.isAbandoned = true
        operation.storage = nil
        // The reading that a finished call no longer needs may be paused for the sake of another one.
        guard !operation.isDone else { return }
        state.watchesReads = true
        resumeReading(&state, &wakeups)
    }

    private func resumeReading(_ state: inout SessionState, _ wakeups: inout Wakeups) {
        if state.isPaused {
            state.isPaused = false
            consume(&state, &wakeups)
            // What TLS has decrypted already does not make the socket readable again.
            if socket.readsInPieces { pump(&state, &wakeups) }
        }
        updateInterest(&state, &wakeups)
    }
}

extension PostgresConnection {
    /// Runs a statement and returns its rows as they arrive.
    ///
    ///     for try await row in try await connection.query("SELECT id, name FROM users") {
    ///         let (id, name) = try row.decode((Int, String).self)
    ///     }
    ///
    /// - Throws: What keeps the statement from being sent; its own errors are thrown where its rows are taken.
    public func query(
        _ query: PostgresQuery, file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> PostgresRowSequence {
        try await self.query(query, CallSite(file: file, line: line), nil)
    }

    /// The same on a connection that a pool lends to the stream.
    func query(
        _ query: PostgresQuery, _ site: CallSite, _ lease: StreamLease?
    ) async throws(PostgresError) -> PostgresRowSequence {
        var treatment = treatment(timeout: query.timeout)
        treatment.streamLimit = PostgresRowSequence.bufferedBytes
        do throws(PostgresError) {
            let stream = try await RowStream(query, treatment, on: self, at: site, lease: lease)
            return PostgresRowSequence(stream: stream)
        } catch {
            throw error.at(site)
        }
    }
}

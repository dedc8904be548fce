internal import Locking

/// A pool of connections to one server; the entry point for most programs.
///
/// It can be used at once and opens connections when they are needed. Each verb borrows a connection for one call;
/// `withConnection` and `withTransaction` lend one for several. Its clockwork runs on Dispatch: nothing has to be
/// started, and no thread is held while callers wait.
public final class PostgresClient: Sendable {
    /// How this pool behaves.
    public let configuration: PostgresClientConfiguration
    let state: Lock<PoolState>

    /// Creates a pool; nothing is opened yet.
    public init(_ configuration: PostgresClientConfiguration) {
        self.configuration = configuration
        let machine = PoolMachine(
            maximumConnections: max(1, configuration.maximumConnections),
            maximumWaiters: max(1, configuration.maximumWaiters),
            maximumOpening: max(1, configuration.maximumOpening))
        state = Lock(PoolState(machine: machine))
    }

    /// Creates a pool with the defaults for the server that a connection URI names.
    ///
    /// - Throws: `invalidConfiguration`.
    public convenience init(url: String) throws(PostgresError) {
        self.init(try PostgresClientConfiguration(url: url))
    }

    deinit { closeAll() }

    /// Lends a connection to `body`, which runs on the loop of the connection, so that a query in it costs no
    /// change of thread.
    ///
    /// Do not keep the connection, and do not compute for long: the loop serves other connections too.
    ///
    /// An open transaction is rolled back when the connection comes back.
    ///
    /// - Throws: What the body throws, unchanged; `poolExhausted` or `timedOut` if no connection is to be had.
    @concurrent
    public func withConnection<Result: Sendable>(
        _ body: sending @concurrent (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let lease = try await acquire()
        defer { release(lease) }
        return try await withTaskExecutorPreference(lease.connection.session.loop) {
            try await body(lease.connection)
        }
    }

    /// Lends a connection with a transaction to `body`: COMMIT if it returns, ROLLBACK if it throws.
    ///
    /// - Throws: As `withConnection` and `PostgresConnection.withTransaction`.
    @concurrent
    public func withTransaction<Result: Sendable>(
        _ options: TransactionOptions = TransactionOptions(),
        _ body: sending @concurrent (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let lease = try await acquire()
        defer { release(lease) }
        return try await lease.connection.withTransaction(options, body)
    }

    /// Closes the pool: idle connections at once, lent ones when they come back.
    ///
    /// Callers that wait are refused.
    public func shutdown() async { closeAll() }

    private func closeAll() {
        let (connections, waiters) = state.withLock { state in
            let numbers = state.machine.close()
            let connections = numbers.compactMap { state.connections.removeValue(forKey: $0) }
            let waiters = state.machine.takeWaiters().compactMap { state.waiters.removeValue(forKey: $0) }
            return (connections, waiters)
        }
        for connection in connections { connection.close() }
        for waiter in waiters { waiter.continuation.resume(returning: .failure(.poolClosed)) }
    }
}

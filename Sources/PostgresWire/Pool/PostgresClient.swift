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
    let start = ContinuousClock.Instant.now
    let hub: NotificationHub
    /// Who is told what the pool does; nil for nobody.
    let observation: PoolObservation?

    /// Creates a pool; nothing is opened yet, unless a minimum of connections is configured.
    public init(_ configuration: PostgresClientConfiguration) {
        var configuration = configuration
        configuration.server.shareCostlyThings()
        configuration.server.poolName = configuration.observedName
        self.configuration = configuration
        state = Lock(PoolState(limits: configuration.limits))
        observation = PoolObservation(configuration)
        hub = NotificationHub(
            configuration.observedListenServer,
            probeInterval: configuration.listenProbeInterval)
        if configuration.minimumConnections > 0 { openWhatIsNeeded() }
    }

    /// Creates a pool with the defaults for the server that a connection URI names.
    ///
    /// - Throws: `invalidConfiguration`.
    public convenience init(url: String) throws(PostgresError) {
        self.init(try PostgresClientConfiguration(url: url))
    }

    deinit { closeAll() }

    /// Runs `body` with a pool that is shut down at its end.
    ///
    /// - Throws: What the body throws, unchanged, or `invalidConfiguration`.
    public static func withClient<Result>(
        url: String, _ body: (PostgresClient) async throws -> sending Result
    ) async throws -> sending Result {
        try await withClient(try PostgresClientConfiguration(url: url), body)
    }

    /// Runs `body` with a pool that is shut down at its end.
    ///
    /// - Throws: What the body throws, unchanged.
    public static func withClient<Result>(
        _ configuration: PostgresClientConfiguration,
        _ body: (PostgresClient) async throws -> sending Result
    ) async throws -> sending Result {
        let client = PostgresClient(configuration)
        do {
            let result = try await body(client)
            await client.shutdown()
            return result
        } catch {
            await client.shutdown()
            throw error
        }
    }

    /// Lends a connection to `body`, which runs on the loop of the connection.
    ///
    /// A query in it costs no change of thread. Do not keep the connection, and do not compute for long: the loop serves
    /// other connections too. An open transaction is rolled back when the connection comes back.
    ///
    /// - Throws: What the body throws, unchanged; `poolExhausted` or `timedOut` if no connection is to be had.
    @concurrent
    public func withConnection<Result: Sendable>(
        file: StaticString = #fileID, line: UInt = #line,
        _ body: sending @concurrent (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await PoolLoans.$held.withValue(holding(lease)) {
            try await withTaskExecutorPreference(lease.connection.session.loop) {
                try await body(lease.connection)
            }
        }
    }

    /// Lends a connection with a transaction to `body`: COMMIT if it returns, ROLLBACK if it throws.
    ///
    /// With `retry` the body is called again after a conflict, with the same connection.
    ///
    /// - Parameters: As of `PostgresConnection.withTransaction`.
    /// - Returns: What the body returns.
    /// - Throws: As `withConnection` and `PostgresConnection.withTransaction`.
    @concurrent
    public func withTransaction<Result: Sendable>(
        isolation: TransactionIsolation? = nil, access: TransactionAccess? = nil, deferrable: Bool? = nil,
        retry: TransactionRetry = .never, file: StaticString = #fileID, line: UInt = #line,
        _ body: sending @concurrent (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let options = TransactionOptions(isolation: isolation, access: access, isDeferrable: deferrable)
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await PoolLoans.$held.withValue(holding(lease)) {
            try await withTaskExecutorPreference(lease.connection.session.loop) {
                try await lease.connection.transact(
                    options, retry, CallSite(file: file, line: line), body)
            }
        }
    }

    private func holding(_ lease: PooledConnection) -> [ObjectIdentifier: [Int]] {
        var held = PoolLoans.held
        held[ObjectIdentifier(self), default: []].append(lease.number)
        return held
    }

    /// What the pool has now and has done so far.
    public var statistics: PoolStatistics { state.withLock { $0.statistics } }

    /// Closes every connection that exists now, idle ones at once and lent ones when they come back.
    ///
    /// Use it after a failover, or when roles or passwords have changed.
    public func expireAll() {
        let connections = state.withLock { state in
            let numbers = state.machine.expireAll()
            state.counters.retired += numbers.count
            return numbers.compactMap { state.connections.removeValue(forKey: $0) }
        }
        tellChanges()
        for connection in connections { connection.close() }
    }

    /// Closes the pool: idle connections at once, lent ones when they come back; callers that wait are refused.
    ///
    /// Returns when the last loan has come back, or after `grace`; what is lent then is closed under its borrower.
    public func shutdown(grace: Duration = .seconds(30)) async {
        closeAll()
        let deadline = ContinuousClock.Instant.now.advanced(by: grace)
        while state.withLock({ $0.machine.lentCount > 0 }), ContinuousClock.Instant.now < deadline {
            do { try await Task.sleep(for: .milliseconds(10)) } catch { break }
        }
        let lent = state.withLock { Array($0.connections.values) }
        for connection in lent { connection.close() }
    }

    private func closeAll() {
        hub.close()
        let (connections, waiters) = state.withLock { state in
            let numbers = state.machine.close()
            let connections = numbers.compactMap { state.connections.removeValue(forKey: $0) }
            let waiters = state.machine.takeWaiters().compactMap { state.waiters.removeValue(forKey: $0) }
            return (connections, waiters)
        }
        tellChanges()
        for connection in connections { connection.close() }
        for waiter in waiters { waiter.continuation.resume(returning: .failure(.poolClosed)) }
    }

    /// The time as the machine counts it.
    var now: Duration { start.duration(to: .now) }
}

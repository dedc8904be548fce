#if Metrics
internal import Locking
public import Metrics

/// Counts and times what a client does, for swift-metrics, under OpenTelemetry's names.
///
/// Needs the package trait `Metrics`.
///
///     MetricsSystem.bootstrap(backend)
///     configuration.observers = [MetricsObserver()]
///
/// | name | instrument | unit | dimensions |
/// |---|---|---|---|
/// | `db.client.operation.duration` | histogram | s | `db.system.name`, `db.namespace`, `server.address`, `server.port`, `db.operation.name`, `error.type`, `db.response.status_code` |
/// | `db.client.connection.count` | up-down counter | connections | `db.client.connection.pool.name`, `db.client.connection.state`: `idle` or `used` |
/// | `db.client.connection.max` | up-down counter | connections | the pool's name |
/// | `db.client.connection.pending_requests` | up-down counter | requests | the pool's name |
/// | `db.client.connection.timeouts` | counter | timeouts | the pool's name |
/// | `db.client.connection.create_time` | histogram | s | the pool's name |
/// | `db.client.connection.wait_time` | histogram | s | the pool's name |
/// | `db.client.connection.use_time` | histogram | s | the pool's name |
///
/// Durations are seconds in a `Recorder`, up-down counters are a `Meter`. A batch is one operation.
/// `db.operation.name` is what the server says it did, as `INSERT`, so it is there for what succeeded alone; in a batch
/// behind the word `BATCH`, and only if it holds for all. `error.type` is the SQLSTATE, else the code of the
/// `PostgresError`. `db.namespace` is the database, without a schema. `create_time` has no pool's name for a
/// connection that was opened without a pool.
///
/// At most `maximumSeries` combinations of dimensions are kept apart; operations beyond have `_OTHER` for name and error.
///
/// Source: OpenTelemetry semantic conventions, "Database client metrics" and "PostgreSQL".
public final class MetricsObserver: ClientObserver {
    /// How many combinations of dimensions are kept apart.
    public static let maximumSeries = 1_000

    /// What tells operations apart.
    private struct Operation: Hashable {
        let database: String
        let endpoint: PostgresEndpoint
        var name: String?
        var error: String?
        var sqlState: String?

        init(_ end: ClientEvent.QueryEnd) {
            database = end.start.connection.database
            endpoint = end.start.connection.endpoint
            let command = end.command.map { " \($0)" } ?? ""
            name = end.start.kind == .batch ? "BATCH\(command)" : end.command
            error = end.failure?.type
            sqlState = end.failure?.sqlState
        }

        /// The same without what could take any number of values.
        var other: Operation {
            var other = self
            other.name = name == nil ? nil : "_OTHER"
            other.error = error == nil ? nil : "_OTHER"
            other.sqlState = nil
            return other
        }

        var dimensions: [(String, String)] {
            var dimensions = [
                ("db.system.name", "postgresql"), ("db.namespace", database),
                ("server.address", endpoint.host),
            ]
            if !endpoint.isUnixSocket { dimensions.append(("server.port", String(endpoint.port))) }
            if let name { dimensions.append(("db.operation.name", name)) }
            if let error { dimensions.append(("error.type", error)) }
            if let sqlState { dimensions.append(("db.response.status_code", sqlState)) }
            return dimensions
        }
    }

    /// The instruments of one pool.
    private struct PoolInstruments {
        let idle: Meter
        let used: Meter
        let waiting: Meter
        let timeouts: Counter
        let waitTime: Recorder
        let useTime: Recorder

        init(_ pool: ClientEvent.Pool, _ factory: any MetricsFactory) {
            let name = MetricsObserver.name(of: pool.name)
            let state = "db.client.connection.state"
            let count = "db.client.connection.count"
            idle = Meter(label: count, dimensions: name + [(state, "idle")], factory: factory)
            used = Meter(label: count, dimensions: name + [(state, "used")], factory: factory)
            let pending = "db.client.connection.pending_requests"
            waiting = Meter(label: pending, dimensions: name, factory: factory)
            let timeout = "db.client.connection.timeouts"
            timeouts = Counter(label: timeout, dimensions: name, factory: factory)
            let wait = "db.client.connection.wait_time"
            waitTime = Recorder(label: wait, dimensions: name, aggregate: true, factory: factory)
            let use = "db.client.connection.use_time"
            useTime = Recorder(label: use, dimensions: name, aggregate: true, factory: factory)
            Meter(label: "db.client.connection.max", dimensions: name, factory: factory)
                .set(pool.maximumConnections)
        }
    }

    private struct State {
        var operations: [Operation: Recorder] = [:]
        var pools: [String: PoolInstruments] = [:]
        var connecting: [String?: Recorder] = [:]
    }

    private let chosenFactory: (any MetricsFactory)?
    private let state = Lock(State())

    /// Records with `factory`, or with the one that `MetricsSystem` was bootstrapped with.
    public init(factory: (any MetricsFactory)? = nil) { chosenFactory = factory }

    private var factory: any MetricsFactory { chosenFactory ?? MetricsSystem.factory }

    /// Records what the event tells.
    public func observe(_ event: ClientEvent) {
        switch event {
        case .queryEnded(let end): operation(end).record(end.duration / .seconds(1))
        case .connectEnded(let end):
            if end.failure == nil { connecting(end.start.poolName).record(end.duration / .seconds(1)) }
        case .acquireEnded(let end):
            let pool = instruments(end.start.pool)
            if end.failure == nil { pool.waitTime.record(end.duration / .seconds(1)) }
            if end.failure?.code == .timedOut { pool.timeouts.increment() }
        case .connectionReturned(let back):
            instruments(back.pool).useTime.record(back.duration / .seconds(1))
        case .poolChanged(let change):
            let pool = instruments(change.pool)
            add(change.change.idle, to: pool.idle)
            add(change.change.used, to: pool.used)
            add(change.change.waiting, to: pool.waiting)
        default: break
        }
    }

    private func add(_ change: Int, to meter: Meter) {
        if change > 0 { meter.increment(by: Double(change)) }
        if change < 0 { meter.decrement(by: Double(-change)) }
    }

    // An instrument is made without the lock, as the backend is foreign code; of two that are made at once the backend
    // makes one.

    private func operation(_ end: ClientEvent.QueryEnd) -> Recorder {
        let wanted = Operation(end)
        let (known, hasRoom) = state.withLock { state in
            (state.operations[wanted], state.operations.count < Self.maximumSeries)
        }
        if let known { return known }
        let key = hasRoom ? wanted : wanted.other
        let recorder = Recorder(
            label: "db.client.operation.duration", dimensions: key.dimensions, aggregate: true,
            factory: factory)
        if hasRoom { state.withLock { $0.operations[key] = recorder } }
        return recorder
    }

    private func instruments(_ pool: ClientEvent.Pool) -> PoolInstruments {
        if let known = state.withLock({ $0.pools[pool.name] }) { return known }
        let made = PoolInstruments(pool, factory)
        state.withLock { state in
            if state.pools.count < Self.maximumSeries { state.pools[pool.name] = made }
        }
        return made
    }

    private func connecting(_ pool: String?) -> Recorder {
        if let known = state.withLock({ $0.connecting[pool] }) { return known }
        let recorder = Recorder(
            label: "db.client.connection.create_time", dimensions: pool.map(Self.name) ?? [], aggregate: true,
            factory: factory)
        state.withLock { state in
            if state.connecting.count < Self.maximumSeries { state.connecting[pool] = recorder }
        }
        return recorder
    }

    private static func name(of pool: String) -> [(String, String)] {
        [("db.client.connection.pool.name", pool)]
    }
}
#endif

/// How a pool behaves.
public struct PostgresClientConfiguration: Sendable {
    /// Whether a connection is brought back to the state of a new session before it is lent again.
    public enum Reset: String, Sendable {
        /// If session state was seen to change: a `SET`, `RESET`, `SET ROLE`, `LISTEN`, `PREPARE`, `DECLARE`, `LOAD`,
        /// `DO` or `CALL`, a `CREATE TEMP …` or `SELECT … INTO TEMP …`, or a parameter that the server reports.
        ///
        /// Locks of `acquireAdvisoryLock` and `withAdvisoryLock` are seen too. What a function of your own SQL changes
        /// is not, as `set_config(…, false)`, `pg_advisory_lock` or `nextval`.
        case automatic
        /// After every loan.
        ///
        /// Our own prepared statements stay, unless a `PREPARE` was seen.
        case always
        case never
    }

    /// The server that the connections go to.
    public var server: PostgresConfiguration
    /// How many connections there are at most, lent and idle; at least 1.
    public var maximumConnections = 10
    /// How many connections are kept open although nobody uses them.
    public var minimumConnections = 0
    /// How many callers may wait for a connection at once; one more is refused.
    public var maximumWaiters = 10_000
    /// How many connections are opened at the same time.
    public var maximumOpening = 2
    /// How long a caller waits for a connection, opening one included.
    public var acquireTimeout: Duration = .seconds(10)
    /// How long an unused connection is kept.
    public var idleTimeout: Duration = .seconds(600)
    /// How long a connection lives, less up to a tenth so that not all end at once; it is never cut while lent.
    public var maximumLifetime: Duration = .seconds(3_600)
    /// How many openings may fail in a row before callers are refused at once, until the next attempt is due.
    public var breakerThreshold = 5
    /// When session state is reset.
    public var reset = Reset.automatic
    /// After how long a loan is counted as leaked and reported with its place in the source; nil for never.
    public var leakThreshold: Duration? = .seconds(300)

    /// Where the connection of `notifications(on:)` goes; nil for `server`.
    ///
    /// Name the server itself here if `server` is a pooler that shares server sessions.
    public var listenServer: PostgresConfiguration?
    /// After how much silence the connection of `notifications(on:)` is probed.
    ///
    /// It is given up if the server does not answer for as long, 250 milliseconds at least and two seconds at most.
    public var listenProbeInterval: Duration = .seconds(2)

    /// What observers call the pool; nil for `host:port/database`.
    public var name: String?
    /// How long `run()`, which the trait `Lifecycle` adds, waits for loans to come back once it is to end.
    public var shutdownGrace: Duration = .seconds(30)

    /// Who is told what the pool and its connections do: those of `server`.
    public var observers: [any ClientObserver] {
        get { server.observers }
        set { server.observers = newValue }
    }

    /// Takes the defaults for everything but the server.
    public init(_ server: PostgresConfiguration) { self.server = server }

    /// Takes the defaults for everything but the server, which a connection URI names.
    ///
    /// - Throws: `invalidConfiguration`.
    public init(url: String) throws(PostgresError) { server = try PostgresConfiguration(url: url) }

    var limits: PoolLimits {
        PoolLimits(
            maximumConnections: max(1, maximumConnections),
            minimumConnections: min(max(0, minimumConnections), max(1, maximumConnections)),
            maximumWaiters: max(1, maximumWaiters), maximumOpening: max(1, maximumOpening),
            idleTimeout: idleTimeout, maximumLifetime: maximumLifetime,
            breakerThreshold: max(1, breakerThreshold))
    }
}

/// The bounds that a pool's machine keeps.
struct PoolLimits: Sendable {
    var maximumConnections = 10
    /// How many connections are kept open although nobody uses them.
    var minimumConnections = 0
    var maximumWaiters = 10_000
    var maximumOpening = 2
    var idleTimeout: Duration = .seconds(600)
    var maximumLifetime: Duration = .seconds(3_600)
    /// How many openings may fail in a row before callers are refused at once.
    var breakerThreshold = 5
}

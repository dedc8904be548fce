/// What the prepared statements of one session have come to; all 0 in the modes `unnamed` and `simple`.
public struct StatementCacheStatistics: Hashable, Sendable {
    /// How many statements are kept now.
    public internal(set) var count = 0
    /// How many bytes of SQL they have.
    public internal(set) var bytes = 0
    /// How many statements were found, and so neither parsed nor described.
    public internal(set) var hits = 0
    /// How many statements were parsed.
    public internal(set) var misses = 0
    /// How many gave way to others and were closed on the server.
    public internal(set) var evictions = 0
    /// How many were given up since they had failed, were lost on the server, or meant something else after a migration.
    public internal(set) var invalidations = 0
}

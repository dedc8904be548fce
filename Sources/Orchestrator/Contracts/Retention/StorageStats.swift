/// How many runs are in which tier, at one instant; every run is in one.
public struct StorageStats: Hashable, Sendable {
    /// Runs that are not finished.
    public var hotRuns: Int
    /// Finished runs that are not archived.
    public var warmRuns: Int
    /// Finished runs that are archived and still in the tables.
    public var coldRuns: Int

    /// Creates counts; all zero by default.
    public init(hotRuns: Int = 0, warmRuns: Int = 0, coldRuns: Int = 0) {
        self.hotRuns = hotRuns
        self.warmRuns = warmRuns
        self.coldRuns = coldRuns
    }
}

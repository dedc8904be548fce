/// When runs move from tier to tier.
public struct RetentionOptions: Hashable, Sendable {
    /// How long a finished run stays hot before it is archived.
    public var hotPeriod: Duration
    /// How long an archived run stays in the tables before it moves to the cold tier.
    public var warmPeriod: Duration
    /// How many runs one transaction moves, at least 1.
    public var batchSize: Int
    /// Whether runs may be deleted where there is no cold tier to move them to.
    public var deletesWithoutExport: Bool

    /// Creates options; without arguments a day hot, thirty days warm, a thousand runs at once, nothing
    /// deleted unseen.
    public init(
        hotPeriod: Duration = .seconds(24 * 3600), warmPeriod: Duration = .seconds(30 * 24 * 3600),
        batchSize: Int = 1000, deletesWithoutExport: Bool = false
    ) {
        self.hotPeriod = hotPeriod
        self.warmPeriod = warmPeriod
        self.batchSize = batchSize
        self.deletesWithoutExport = deletesWithoutExport
    }
}

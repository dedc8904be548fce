/// The usage of one run, graph, model or API key.
public struct UsageGroup: Hashable, Sendable {
    /// The id or the model; nil for usage that has none.
    public var key: String?
    /// The sums.
    public var totals: UsageTotals

    /// Creates a group.
    public init(key: String?, totals: UsageTotals) {
        self.key = key
        self.totals = totals
    }
}

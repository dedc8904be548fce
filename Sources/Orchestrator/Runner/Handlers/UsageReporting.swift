/// An error that knows what the failed attempt used, so that budgets count it.
public protocol UsageReporting: Error {
    /// What was used before the failure.
    var partialUsage: NodeUsage { get }
}

/// Says how long a job that failed stays invisible: doubled with every attempt, up to a limit.
public struct RetryBackoff: Sendable, Hashable {
    /// The wait after the first attempt; zero or less means none.
    public var base: Duration
    /// The longest wait.
    public var limit: Duration

    /// Creates a back-off.
    public init(base: Duration = .seconds(1), limit: Duration = .seconds(300)) {
        self.base = base
        self.limit = limit
    }

    /// The wait after `attempt` attempts; 0 counts as 1.
    public func delay(afterAttempt attempt: Int) -> Duration {
        guard base > .zero else { return .zero }
        return base.doubled(times: max(0, attempt - 1), upTo: limit)
    }
}

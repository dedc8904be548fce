/// How a queue retries and claims.
public struct QueueOptions: Hashable, Sendable {
    /// The wait after a failed attempt: 1 second, doubled with each further one, at most 300 seconds by default.
    public var retryBackoff: RetryBackoff
    /// Whether a job is passed over while another job of its run is active.
    public var oneActiveJobPerRun: Bool

    /// Creates options; the defaults are those that all engines on this schema share.
    public init(retryBackoff: RetryBackoff = RetryBackoff(), oneActiveJobPerRun: Bool = true) {
        self.retryBackoff = retryBackoff
        self.oneActiveJobPerRun = oneActiveJobPerRun
    }
}

/// What became of one promise.
public struct PromiseResult: Sendable {
    /// The verdict.
    public enum Status: String, Sendable, Hashable {
        case passed
        case failed
        /// It could not be checked; the detail says why.
        case skipped
    }

    /// The promise.
    public let promise: Promise
    /// The verdict.
    public let status: Status
    /// Why it failed or was skipped; nil if it passed.
    public let detail: String?
    /// How long the check took.
    public let duration: Duration

    init(
        _ promise: Promise, _ status: Status, detail: String? = nil,
        since start: ContinuousClock.Instant? = nil
    ) {
        self.promise = promise
        self.status = status
        self.detail = detail
        duration = start.map { $0.duration(to: .now) } ?? .zero
    }

    /// The duration in seconds.
    public var seconds: Double { duration / .seconds(1) }
}

import Locking
import Orchestrator

/// An error of a handler that says whether another attempt can help, and what it used.
struct SampleFailure: RetryClassifying, UsageReporting, Equatable {
    var isRetryable: Bool?
    var partialUsage = NodeUsage()
}

/// Fails a number of times, then succeeds.
final class FailingTimes: Sendable {
    private let left: Lock<Int>

    init(_ count: Int) {
        left = Lock(count)
    }

    /// Throws `error` while failures are left.
    func check(_ error: SampleFailure = SampleFailure()) throws {
        let fails = left.withLock { left in
            left -= 1
            return left >= 0
        }
        if fails { throw error }
    }
}

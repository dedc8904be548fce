import FoundationEssentials
import Locking

/// Keeps a node that fails in a row from being tried for a while.
///
/// It opens at the threshold of failures in a row, lets one probe through after its timeout, closes after enough good
/// probes and opens again after a bad one. One per runner and node; nothing is persisted.
final class CircuitBreaker: Sendable {
    private enum Position {
        case closed(failures: Int)
        case open(since: Date)
        case probing(successes: Int, isBusy: Bool)
    }

    private let policy: CircuitBreakerPolicy
    private let position = Lock(Position.closed(failures: 0))

    init(_ policy: CircuitBreakerPolicy) {
        self.policy = policy
    }

    /// Whether an attempt may start now; one that may must be reported by `record`.
    func admits(at now: Date) -> Bool {
        position.withLock { position in
            switch position {
            case .closed: return true
            case .open(let since):
                guard now.timeIntervalSince(since) >= policy.timeout / .seconds(1) else { return false }
                position = .probing(successes: 0, isBusy: true)
                return true
            case .probing(let successes, let isBusy):
                guard !isBusy else { return false }
                position = .probing(successes: successes, isBusy: true)
                return true
            }
        }
    }

    /// Notes how an attempt ended.
    func record(success: Bool, at now: Date) {
        position.withLock { position in
            switch position {
            case .closed(let failures):
                let count = success ? 0 : failures + 1
                position = count >= policy.failureThreshold ? .open(since: now) : .closed(failures: count)
            case .open: break
            case .probing(let successes, _):
                guard success else {
                    position = .open(since: now)
                    return
                }
                position =
                    successes + 1 >= policy.successThreshold
                    ? .closed(failures: 0) : .probing(successes: successes + 1, isBusy: false)
            }
        }
    }
}

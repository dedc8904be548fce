import Locking

/// The failed attempts of one execution, readable when the execution was left behind.
final class AttemptLog: Sendable {
    private let attempts = Lock<[FailedAttempt]>([])
    private let current = Lock(1)

    /// The number of the attempt that runs or ran last.
    var attempt: Int { current.withLock { $0 } }

    var failed: [FailedAttempt] { attempts.withLock { $0 } }

    func begin(_ attempt: Int) { current.withLock { $0 = attempt } }

    func add(_ attempt: FailedAttempt) { attempts.withLock { $0.append(attempt) } }
}

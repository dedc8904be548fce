import Synchronization

/// The moment by which blocking work must end, and whether its task was cancelled meanwhile.
struct Deadline: Sendable {
    /// Set from the task's cancellation handler, read between steps.
    final class Cancellation: Sendable {
        private let flag = Atomic<Bool>(false)
        var isCancelled: Bool { flag.load(ordering: .acquiring) }
        func cancel() { flag.store(true, ordering: .releasing) }
    }

    let instant: ContinuousClock.Instant
    let cancellation: Cancellation

    init(_ timeout: Duration, cancellation: Cancellation = Cancellation()) {
        self.init(instant: ContinuousClock.now + timeout, cancellation: cancellation)
    }

    private init(instant: ContinuousClock.Instant, cancellation: Cancellation) {
        self.instant = instant
        self.cancellation = cancellation
    }

    /// The same deadline, or `timeout` from now if that is earlier.
    func limited(to timeout: Duration) -> Deadline {
        Deadline(instant: min(instant, ContinuousClock.now + timeout), cancellation: cancellation)
    }

    var hasPassed: Bool { ContinuousClock.now >= instant }

    /// The whole seconds that are left, at least one.
    var seconds: Int64 { max(1, (instant - ContinuousClock.now).components.seconds) }

    /// Throws if the task was cancelled or the time is over; `step` completes "the time passed while …".
    func check(_ step: String) throws(EmbeddedPostgresError) {
        if cancellation.isCancelled { throw .cancelled }
        if hasPassed { throw .timedOut(during: step) }
    }
}

import Dispatch
import Locking

/// How late the timers of this machine are: nothing else can be on time either.
final class Lag: Sendable {
    private static let interval = 20

    private let queue = DispatchQueue(label: "tests.lag")
    private let state = Lock((worst: Duration.zero, isStopped: false))

    /// Begins to watch.
    init() { schedule() }

    /// The worst so far.
    var worst: Duration { state.withLock { $0.worst } }

    /// Watches no more.
    func stop() { state.withLock { $0.isStopped = true } }

    private func schedule() {
        let start = ContinuousClock.now
        queue.asyncAfter(deadline: .now() + .milliseconds(Self.interval)) { [weak self] in
            self?.fired(after: start.duration(to: .now))
        }
    }

    private func fired(after time: Duration) {
        let goesOn = state.withLock { state in
            state.worst = max(state.worst, time - .milliseconds(Self.interval))
            return !state.isStopped
        }
        if goesOn { schedule() }
    }
}

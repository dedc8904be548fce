import Locking

/// How late this machine is meanwhile, as tasks and timers of its own see it: nothing else can be on time either.
final class Lag: Sendable {
    private struct State {
        var total = Duration.zero
        var start = ContinuousClock.now
        var isStopped = false
    }

    private static let interval = Duration.milliseconds(20)

    private let state = Lock(State())

    /// Begins to watch.
    init() { Task { await self.watch() } }

    /// Watches no more, and returns how much time was lost.
    func stop() -> Duration {
        state.withLock { state in
            state.isStopped = true
            // What has not come back yet is late, too.
            return state.total + max(.zero, state.start.duration(to: .now) - Self.interval)
        }
    }

    private func watch() async {
        while !state.withLock({ $0.isStopped }) {
            state.withLock { $0.start = .now }
            try? await Task.sleep(for: Self.interval)
            state.withLock { state in
                state.total += max(.zero, state.start.duration(to: .now) - Self.interval)
                state.start = .now
            }
        }
    }
}

import Locking
import StoreContracts

/// Lets one task wait for the first of: a signal, a time.
///
/// A signal that comes while nobody waits is kept for the next wait; several count as one.
final class WakeSignal: Sendable {
    private struct State {
        var isRaised = false
        var generation = 0
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Lock(State())

    /// Wakes the task that waits, or the next one.
    func raise() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            if state.waiter == nil { state.isRaised = true }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns at the next signal, or after `limit`.
    func wait(atMost limit: Duration?, clock: any StoreClock) async {
        let generation = state.withLock { state in
            state.generation += 1
            return state.generation
        }
        let timer = limit.map { limit in
            Task {
                guard (try? await clock.sleep(for: limit)) != nil else { return }
                self.expire(generation)
            }
        }
        await withCheckedContinuation { continuation in
            let isRaised = state.withLock { state in
                if state.isRaised || state.generation != generation {
                    state.isRaised = false
                    return true
                }
                state.waiter = continuation
                return false
            }
            if isRaised { continuation.resume() }
        }
        timer?.cancel()
    }

    /// Ends the wait with this number; a later one is not concerned.
    private func expire(_ generation: Int) {
        let waiter = state.withLock { state in
            guard state.generation == generation else { return nil as CheckedContinuation<Void, Never>? }
            if state.waiter == nil { state.generation += 1 }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}

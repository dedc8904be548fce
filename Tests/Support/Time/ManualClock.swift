package import FoundationEssentials
import Locking
import StoreContracts

/// A clock that stands still until a test moves it.
package final class ManualClock: StoreClock {
    private struct Sleeper {
        let deadline: Date
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var now: Date
        var nextID = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Lock<State>

    /// Begins at `now`: 2026-01-01 00:00:00 UTC unless another instant is given.
    package init(now: Date = Date(timeIntervalSince1970: 1_767_225_600)) {
        state = Lock(State(now: now))
    }

    /// The instant the clock stands at.
    package func now() -> Date { state.withLock { $0.now } }

    /// How many tasks sleep.
    package var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Moves the clock and wakes every sleeper whose time has come, the earliest first.
    package func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now += Self.seconds(duration)
            let now = state.now
            let ids = state.sleepers.filter { $0.value.deadline <= now }
                .sorted { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }
            for (id, _) in ids { state.sleepers[id] = nil }
            return ids.map { $0.value.continuation }
        }
        for continuation in due { continuation.resume(returning: true) }
    }

    /// Returns when at least `count` tasks sleep, so that `advance(by:)` cannot come too early.
    package func waitForSleepers(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// Returns when the clock has been moved by `duration`.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    package func sleep(for duration: Duration) async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        guard duration > .zero else { return }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let slept = await withTaskCancellationHandler {
            await withCheckedContinuation { begin(id, duration, $0) }
        } onCancel: {
            cancel(id)
        }
        guard slept else { throw CancellationError() }
    }

    private func begin(_ id: Int, _ duration: Duration, _ continuation: CheckedContinuation<Bool, Never>) {
        let ready: [CheckedContinuation<Void, Never>]? = state.withLock { state in
            if state.cancelled.remove(id) != nil { return nil }
            let deadline = state.now + Self.seconds(duration)
            state.sleepers[id] = Sleeper(deadline: deadline, continuation: continuation)
            let count = state.sleepers.count
            let ready = state.watchers.filter { $0.count <= count }
            state.watchers.removeAll { $0.count <= count }
            return ready.map { $0.continuation }
        }
        guard let ready else { return continuation.resume(returning: false) }
        for watcher in ready { watcher.resume() }
    }

    private func cancel(_ id: Int) {
        let sleeper = state.withLock { state in
            let sleeper = state.sleepers.removeValue(forKey: id)
            if sleeper == nil { state.cancelled.insert(id) }
            return sleeper
        }
        sleeper?.continuation.resume(returning: false)
    }

    private static func seconds(_ duration: Duration) -> TimeInterval {
        let parts = duration.components
        return TimeInterval(parts.seconds) + TimeInterval(parts.attoseconds) / 1e18
    }
}

public import FoundationEssentials
import Locking
public import StoreContracts

/// A clock that stands until it is moved: for tests.
///
/// A sleeping task wakes when the clock is moved to or past its instant, in the order of the instants.
public final class ManualClock: StoreClock {
    private struct Sleeper {
        let wakesAt: Date
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Date
        var nextID = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Lock<State>

    /// Creates a clock that shows `start`.
    public init(start: Date = Date(timeIntervalSince1970: 1_767_225_600)) {
        state = Lock(State(now: start))
    }

    /// The instant that the clock shows.
    public func now() -> Date { state.withLock { $0.now } }

    /// How many tasks sleep on this clock.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Moves the clock forward and wakes the tasks whose instant has come.
    public func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.addingTimeInterval(duration / .seconds(1))
            let ids = state.sleepers.filter { $0.value.wakesAt <= state.now }.keys
            return ids.compactMap { state.sleepers.removeValue(forKey: $0) }.sorted {
                $0.wakesAt < $1.wakesAt
            }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Returns once at least `count` tasks sleep on this clock.
    public func waitForSleepers(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isReached { continuation.resume() }
        }
    }

    /// Returns when the clock was moved by `duration`, at once when that is not positive.
    public func sleep(for duration: Duration) async throws(CancellationError) {
        guard !Task.isCancelled else { throw CancellationError() }
        guard duration > .zero else { return }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        do {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { register($0, id: id, duration: duration) }
            } onCancel: {
                cancel(id)
            }
        } catch {
            throw CancellationError()
        }
    }

    private func register(
        _ continuation: CheckedContinuation<Void, any Error>, id: Int, duration: Duration
    ) {
        let watchers: [CheckedContinuation<Void, Never>]? = state.withLock { state in
            if state.cancelled.remove(id) != nil { return nil }
            let wakesAt = state.now.addingTimeInterval(duration / .seconds(1))
            state.sleepers[id] = Sleeper(wakesAt: wakesAt, continuation: continuation)
            let count = state.sleepers.count
            let ready = state.watchers.filter { $0.count <= count }.map(\.continuation)
            state.watchers.removeAll { $0.count <= count }
            return ready
        }
        guard let watchers else { return continuation.resume(throwing: CancellationError()) }
        for watcher in watchers { watcher.resume() }
    }

    private func cancel(_ id: Int) {
        let sleeper = state.withLock { state in
            let sleeper = state.sleepers.removeValue(forKey: id)
            if sleeper == nil { state.cancelled.insert(id) }
            return sleeper
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}

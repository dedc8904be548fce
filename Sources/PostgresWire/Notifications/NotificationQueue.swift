internal import Locking

/// One consumer's events, and the tasks that wait for them.
final class NotificationQueue: Sendable {
    private struct State {
        var buffer: NotificationBuffer
        var hasEnded = false
        var waiting: [UnsafeContinuation<Void, Never>] = []
    }

    /// What there is to take.
    enum Taken {
        case events([PostgresNotificationEvent])
        case nothing
        case end
    }

    private let state: Lock<State>

    init(capacity: Int) { state = Lock(State(buffer: NotificationBuffer(capacity: capacity))) }

    /// Appends an event, and the tasks to wake to `wakeups`; returns whether an older event had to go for it.
    @discardableResult
    func push(_ event: PostgresNotificationEvent, _ wakeups: inout Wakeups) -> Bool {
        let (waiting, hasDropped) = state.withLock { state in
            let hasDropped = !state.hasEnded && state.buffer.push(event)
            let waiting = state.waiting
            state.waiting = []
            return (waiting, hasDropped)
        }
        for continuation in waiting { wakeups.add(continuation) }
        return hasDropped
    }

    /// Ends the sequence behind what waits.
    func end() {
        state.withLock { $0.hasEnded = true }
        wake()
    }

    /// Wakes the tasks that wait, so that they look again.
    func wake() {
        let waiting = state.withLock { state in
            let waiting = state.waiting
            state.waiting = []
            return waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func take() -> Taken {
        state.withLock { state in
            if !state.buffer.isEmpty { return .events(state.buffer.takeAll()) }
            return state.hasEnded ? .end : .nothing
        }
    }

    /// Waits until there may be something to take, or the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                // A task that was cancelled before has missed its handler's call.
                let isCancelled = Task.isCancelled
                let mustWait = state.withLock { state in
                    guard !isCancelled, state.buffer.isEmpty, !state.hasEnded else { return false }
                    state.waiting.append(continuation)
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            wake()
        }
    }
}

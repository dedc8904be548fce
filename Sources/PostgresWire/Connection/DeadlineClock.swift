internal import Locking

/// Watches the deadlines of calls: one timer for the whole process, which runs only while there are any.
///
/// A deadline is noticed up to one tick late.
final class DeadlineClock: Sendable {
    static let shared = DeadlineClock()

    private static let tick = Duration.milliseconds(20)

    private struct Entry: Sendable {
        let operation: Operation
        let session: Session
        let deadline: ContinuousClock.Instant
    }

    private struct State {
        var entries: [Entry] = []
        var isTicking = false
    }

    private let state = Lock(State())

    /// Calls `session.expire` if `operation` is not done within `timeout`.
    func watch(_ operation: Operation, of session: Session, for timeout: Duration) {
        let entry = Entry(operation: operation, session: session, deadline: .now.advanced(by: timeout))
        let mustStart = state.withLock { state in
            state.entries.append(entry)
            defer { state.isTicking = true }
            return !state.isTicking
        }
        if mustStart { scheduleTick() }
    }

    private func scheduleTick() {
        Background.after(Self.tick) { self.ticked() }
    }

    private func ticked() {
        let now = ContinuousClock.Instant.now
        let (late, goesOn) = state.withLock { state in
            var late: [Entry] = []
            state.entries.removeAll { entry in
                if entry.operation.isFinished { return true }
                guard entry.deadline <= now else { return false }
                late.append(entry)
                return true
            }
            state.isTicking = !state.entries.isEmpty
            return (late, state.isTicking)
        }
        for entry in late { entry.session.expire(entry.operation) }
        if goesOn { scheduleTick() }
    }
}

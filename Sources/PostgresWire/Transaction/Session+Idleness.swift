internal import Locking

/// The deadline of a transaction in which nothing happens.
///
/// It is kept by the client: a setting of the server would not pass every pooler. One timer a session is enough, which
/// looks again later if the transaction was busy meanwhile.
extension Session {
    /// Notes that a statement has ended; called with the lock held.
    func noteIdleness(_ state: inout SessionState) {
        guard state.pending.count == 0, state.machine.transactionStatus != .idle,
            let limit = configuration.idleInTransactionTimeout
        else { return }
        state.idleSince = .now
        guard !state.watchesIdleness else { return }
        state.watchesIdleness = true
        watchIdleness(for: limit)
    }

    private func watchIdleness(for duration: Duration) {
        Background.after(duration) { [weak self] in self?.checkIdleness() }
    }

    /// Closes the session if its transaction has waited too long; else looks again when it would have.
    func checkIdleness() {
        guard let limit = configuration.idleInTransactionTimeout else { return }
        let left = locked { state, wakeups -> Duration? in
            guard state.failure == nil, state.pending.count == 0, state.machine.transactionStatus != .idle
            else {
                state.watchesIdleness = false
                return nil
            }
            let left = limit - state.idleSince.duration(to: .now)
            if left > .zero { return left }
            fail(&state, .idleInTransaction(limit), &wakeups)
            return nil
        }
        if let left { watchIdleness(for: left) }
    }
}

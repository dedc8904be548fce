internal import Locking

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Cancel requests, again and again until they have an effect.
extension Session {
    /// What the server works on, as the lock's holder has seen it.
    struct Running: Sendable {
        let operation: Operation
        let mayBeStopped: Bool

        /// Called with the lock held.
        init(_ operation: Operation) {
            self.operation = operation
            mayBeStopped = !operation.isShielded
        }
    }

    /// Asks the server to stop what runs until `last` is done, then opens the gate, which the caller has closed.
    ///
    /// One request is not enough: a server that has not begun with the statement yet ignores it. What stands before
    /// `last` and must not be stopped is waited for. The lock is not taken until something has ended: whoever reads what
    /// is still coming takes it all the time.
    func askToStop(_ last: Operation, first: Running, _ observation: CancelObservation? = nil) {
        guard let backendKey else { return }
        Background.run { [self] in
            var patience = 4
            var current: Running? = first
            var outcome = ClientEvent.CancelEnd.Outcome.notSent
            while let running = current {
                if running.mayBeStopped {
                    let isSent = ConnectionOpener.sendCancelRequest(backendKey, to: socket, configuration)
                    if outcome != .delivered { outcome = isSent ? .delivered : .undeliverable }
                }
                for _ in 0..<patience where !running.operation.isFinished { usleep(500) }
                patience = min(patience * 2, 500)
                if running.operation.isFinished { current = runningOperation(before: last) }
            }
            observation?.ended(outcome)
            locked { state, wakeups in openGate(&state, &wakeups) }
        }
    }

    /// What the server works on; nil once `last` is done.
    private func runningOperation(before last: Operation) -> Running? {
        locked { state, _ in
            state.failure == nil && !last.isDone ? state.pending.first.map(Running.init) : nil
        }
    }

    /// Stops what a borrower has left behind if nobody can want it: its task was cancelled, or its calls have all gone.
    ///
    /// The rest of a stream that was dropped is read to its end, since its statement may do more than read.
    func stopWhatIsLeft(isCancelled: Bool) {
        let left = locked { state, _ -> (first: Running, last: Operation)? in
            guard state.failure == nil, backendKey != nil, let first = state.pending.first,
                let last = state.pending.last, isCancelled || state.pending.allHaveGone
            else { return nil }
            state.gates += 1
            return (Running(first), last)
        }
        guard let (first, last) = left else { return }
        askToStop(last, first: first)
        giveUp(last, after: configuration.cancelGrace)
    }
}

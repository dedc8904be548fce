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
    /// Asks the server to stop what runs until `last` is done, then opens the gate, which the caller has closed.
    ///
    /// One request is not enough: a server that has not begun with the statement yet ignores it. What stands before
    /// `last` and must not be stopped is waited for.
    func askToStop(_ last: Operation) {
        guard let backendKey else { return }
        Background.run { [self] in
            var patience = 4
            while let running = runningOperation(before: last) {
                guard !running.isShielded else {
                    usleep(500)
                    continue
                }
                ConnectionOpener.sendCancelRequest(backendKey, to: socket, configuration)
                for _ in 0..<patience where !running.isFinished { usleep(500) }
                patience = min(patience * 2, 500)
            }
            locked { state, wakeups in openGate(&state, &wakeups) }
        }
    }

    /// What the server works on; nil once `last` is done.
    private func runningOperation(before last: Operation) -> Operation? {
        locked { state, _ in state.failure == nil && !last.isDone ? state.pending.first : nil }
    }

    /// Stops what a borrower has left behind if nobody can want it: its task was cancelled, or its calls have all gone.
    ///
    /// The rest of a stream that was dropped is read to its end, since its statement may do more than read.
    func stopWhatIsLeft(isCancelled: Bool) {
        let last = locked { state, _ -> Operation? in
            guard state.failure == nil, backendKey != nil, let last = state.pending.last,
                isCancelled || state.pending.allHaveGone
            else { return nil }
            state.gates += 1
            return last
        }
        guard let last else { return }
        askToStop(last)
        giveUp(last, after: configuration.cancelGrace)
    }
}

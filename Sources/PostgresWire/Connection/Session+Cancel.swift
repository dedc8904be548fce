internal import Locking
internal import PostgresProtocol

/// Cancelling what a caller no longer wants.
///
/// The request goes to the same peer on a connection of its own. Until the statement has ended nothing new is sent on
/// the session, so that a late cancel never hits a neighbour's statement.
extension Session {
    private enum Verdict: Sendable {
        /// The server is asked to stop the statement, whose caller waits for the answer.
        case ask(first: Running)
        /// The caller waits no longer; the statement goes on.
        case release
        /// Nobody waits for anything on the session any more: it ends unless the server answers soon.
        case drop
        /// There is nothing to cancel.
        case ignore
    }

    /// Asks the server to stop `operation`, if it runs now and nothing else was sent behind it.
    ///
    /// Otherwise a request could hit another caller's statement: then the caller is released, and what it sent is
    /// still done and its answer dropped.
    func cancel(_ operation: Operation) {
        carryOut(
            judge(operation, isLate: false), operation, isLate: false, grace: configuration.cancelGrace)
    }

    /// The deadline of `operation` has passed: as `cancel`, but the server gets no more than a moment to answer.
    func expire(_ operation: Operation) {
        let grace = min(.milliseconds(150), configuration.cancelGrace)
        carryOut(judge(operation, isLate: true), operation, isLate: true, grace: grace)
    }

    private func judge(_ operation: Operation, isLate: Bool) -> Verdict {
        locked { state, wakeups in
            guard !operation.isDone, state.failure == nil else { return .ignore }
            if operation.isShielded {
                // It must not be cancelled, but nobody waits for ever either.
                guard isLate else { return .ignore }
                operation.isLate = true
                fail(&state, .lost("the server did not answer"), &wakeups)
                return .ignore
            }
            // The server was asked already; now it has no more time.
            guard !operation.isCancelled else { return isLate && !operation.isReleased ? .drop : .ignore }
            operation.isCancelled = true
            operation.isLate = isLate
            guard backendKey != nil, state.pending.isAlone(operation) else {
                operation.release(isLate ? .timedOutInPipeline : .cancelledInPipeline)
                wakeups.add(operation.takeReady())
                guard isLate, state.pending.allHaveGone else { return .release }
                guard backendKey != nil else { return .drop }
                state.gates += 1
                return .ask(first: Running(state.pending.first ?? operation))
            }
            state.gates += 1
            let first = Running(state.pending.first ?? operation)
            // Rows on their way would keep the caller from the answer behind them.
            if operation.streamLimit != nil { drop(rowsOf: operation, &state, &wakeups) }
            return .ask(first: first)
        }
    }

    private func carryOut(_ verdict: Verdict, _ operation: Operation, isLate: Bool, grace: Duration) {
        if case .ignore = verdict { return }
        let observation = CancelObservation(operation, isLate: isLate)
        switch verdict {
        case .ask(let first):
            askToStop(operation, first: first, observation)
            giveUp(operation, after: grace)
        case .drop:
            observation?.ended(.notSent)
            giveUp(operation, after: grace)
        case .release, .ignore: observation?.ended(.notSent)
        }
    }

    /// Gives the session up if `operation` is not done by then, or was shielded meanwhile unless `evenIfShielded`.
    func giveUp(_ operation: Operation, after grace: Duration, evenIfShielded: Bool = false) {
        Background.after(grace) { [weak self] in
            self?.locked { state, wakeups in
                guard !operation.isDone, evenIfShielded || !operation.isShielded, let session = self else {
                    return
                }
                // Its caller takes no rows, so the answer cannot be read yet.
                guard !state.isPaused else {
                    return session.giveUp(operation, after: grace, evenIfShielded: evenIfShielded)
                }
                session.fail(&state, .lost("the server did not answer a cancel request"), &wakeups)
            }
        }
    }
}

internal import Dispatch
internal import Locking
internal import PostgresProtocol

/// Cancelling what a caller no longer wants.
///
/// The request goes to the same peer on a connection of its own. Until the server has closed that connection nothing
/// new is sent on the session, so that a late cancel never hits a neighbour's statement.
extension Session {
    /// Asks the server to stop `operation`, if it runs now and nothing else was sent behind it.
    func cancel(_ operation: Operation) {
        let mayAsk = locked { state, _ in prepareCancel(of: operation, &state) }
        if mayAsk { sendCancelRequest() }
        giveUp(operation, after: configuration.cancelGrace)
    }

    /// The deadline of `operation` has passed: as `cancel`, but the server gets no more than a moment to answer.
    func expire(_ operation: Operation) {
        let mayAsk = locked { state, _ in
            guard !operation.isDone else { return false }
            operation.isLate = true
            return prepareCancel(of: operation, &state)
        }
        if mayAsk { sendCancelRequest() }
        giveUp(operation, after: min(.milliseconds(150), configuration.cancelGrace))
    }

    /// Closes the gate for a cancel request; false if none can be sent.
    private func prepareCancel(of operation: Operation, _ state: inout SessionState) -> Bool {
        guard !operation.isDone, !operation.isCancelled, !operation.isShielded, state.failure == nil else {
            return false
        }
        operation.isCancelled = true
        guard backendKey != nil, state.pending.count == 1, state.pending.first === operation else {
            return false
        }
        state.gates += 1
        return true
    }

    private func sendCancelRequest() {
        guard let backendKey else { return }
        DispatchQueue.global().async { [self] in
            ConnectionOpener.sendCancelRequest(backendKey, to: socket, configuration)
            locked { state, wakeups in openGate(&state, &wakeups) }
        }
    }

    /// Gives the session up if `operation` is not done by then.
    private func giveUp(_ operation: Operation, after grace: Duration) {
        let parts = grace.components
        let nanoseconds = Int(parts.seconds) * 1_000_000_000 + Int(parts.attoseconds / 1_000_000_000)
        DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) { [weak self] in
            self?.locked { state, wakeups in
                guard !operation.isDone, !operation.isShielded, let session = self else { return }
                session.fail(&state, .lost("the server did not answer a cancel request"), &wakeups)
            }
        }
    }
}

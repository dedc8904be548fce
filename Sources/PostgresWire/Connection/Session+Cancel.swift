internal import Dispatch
internal import Locking
internal import PostgresProtocol

/// Cancelling what a caller no longer wants.
///
/// The request goes to the same peer on a connection of its own. Until the server has closed that connection nothing
/// new is sent on the session, so that a late cancel never hits a neighbour's statement.
extension Session {
    /// How long the server may take to end a cancelled statement before the session is given up.
    private static let grace = DispatchTimeInterval.seconds(10)

    /// Asks the server to stop `operation`, if it runs now and nothing else was sent behind it.
    func cancel(_ operation: Operation) {
        let mayAsk = state.withLock { state in
            guard !operation.isDone, !operation.isCancelled, !operation.isShielded, state.failure == nil
            else { return false }
            operation.isCancelled = true
            guard backendKey != nil, state.pending.count == 1, state.pending.first === operation else {
                return false
            }
            state.gates += 1
            return true
        }
        guard mayAsk, let backendKey else { return }
        DispatchQueue.global().async { [self] in
            ConnectionOpener.sendCancelRequest(backendKey, to: socket, configuration)
            let wakeups = state.withLock { state in
                var wakeups = Wakeups()
                openGate(&state, &wakeups)
                return wakeups
            }
            wakeups.resume()
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + Session.grace) { [weak self] in
            self?.giveUp(operation)
        }
    }

    private func giveUp(_ operation: Operation) {
        let wakeups = state.withLock { state in
            var wakeups = Wakeups()
            if !operation.isDone {
                fail(&state, .lost("the server did not answer a cancel request"), &wakeups)
            }
            return wakeups
        }
        wakeups.resume()
    }
}

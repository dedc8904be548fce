internal import Dispatch
internal import Locking

/// Lending: the fast way is one lock; the slow way waits its turn until the deadline.
extension PostgresClient {
    /// How long a connection may be idle before it is looked at once more when it is lent.
    private static let trust: Duration = .milliseconds(500)

    func acquire() async throws(PostgresError) -> PooledConnection {
        while true {
            if let lease = try lendIdle() { return lease }
            guard !Task.isCancelled else { throw .cancelledBeforeStart }
            let lease = try await waitInLine()
            if !lease.connection.isClosed { return lease }
            discard(lease.number)
        }
    }

    /// Lends an idle connection that still lives; nil if there is none.
    private func lendIdle() throws(PostgresError) -> PooledConnection? {
        while true {
            let idle = state.withLock { state -> (PooledConnection, Duration)? in
                guard state.machine.idleCount > 0, case .lend(let number) = state.machine.acquire(waiter: 0),
                    let connection = state.connections[number]
                else { return nil }
                let since = state.idleSince[number] ?? .now
                return (PooledConnection(number: number, connection: connection), since.duration(to: .now))
            }
            guard let (lease, age) = idle else { return nil }
            if age > Self.trust { lease.connection.session.lookForEnd() }
            if !lease.connection.isClosed { return lease }
            discard(lease.number)
        }
    }

    private func waitInLine() async throws(PostgresError) -> PooledConnection {
        let number = state.withLock { $0.nextNumber() }
        let result: Result<PooledConnection, PostgresError> = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                enqueue(number, continuation)
            }
        } onCancel: {
            giveUp(number, .cancelledBeforeStart)
        }
        return try result.get()
    }

    private func enqueue(
        _ number: Int, _ continuation: UnsafeContinuation<Result<PooledConnection, PostgresError>, Never>
    ) {
        let outcome = state.withLock { state -> Result<PooledConnection, PostgresError>? in
            switch state.machine.acquire(waiter: number) {
            case .lend(let connection):
                guard let lent = state.connections[connection] else { return .failure(.poolClosed) }
                return .success(PooledConnection(number: connection, connection: lent))
            case .refuse:
                return .failure(state.machine.isClosed ? .poolClosed : .tooManyWaiters)
            case .wait:
                let deadline = ContinuousClock.Instant.now.advanced(by: configuration.acquireTimeout)
                state.waiters[number] = PoolWaiter(continuation: continuation, deadline: deadline)
                setTimer(&state, at: deadline)
                return nil
            }
        }
        if let outcome {
            continuation.resume(returning: outcome)
            return
        }
        // A task that was cancelled before it stood in line has missed its handler's call.
        if Task.isCancelled { giveUp(number, .cancelledBeforeStart) }
        openWhatIsNeeded()
    }

    private func giveUp(_ number: Int, _ error: PostgresError) {
        let waiter = state.withLock { state -> PoolWaiter? in
            guard state.machine.gaveUp(number) else { return nil }
            return state.waiters.removeValue(forKey: number)
        }
        waiter?.continuation.resume(returning: .failure(error))
    }

    /// Sets the timer for the deadline of the first waiter; later ones follow when it fires.
    private func setTimer(_ state: inout PoolState, at deadline: ContinuousClock.Instant) {
        guard !state.isTimerSet else { return }
        state.isTimerSet = true
        let wait = max(Duration.zero, ContinuousClock.Instant.now.duration(to: deadline)).components
        let nanoseconds = Int(wait.seconds) * 1_000_000_000 + Int(wait.attoseconds / 1_000_000_000)
        DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) { [weak self] in
            self?.deadlinePassed()
        }
    }

    private func deadlinePassed() {
        let now = ContinuousClock.Instant.now
        let (late, error) = state.withLock { state in
            state.isTimerSet = false
            var late: [PoolWaiter] = []
            for (number, waiter) in state.waiters where waiter.deadline <= now {
                if state.machine.gaveUp(number) { late.append(waiter) }
                state.waiters[number] = nil
            }
            if let next = state.waiters.values.map(\.deadline).min() { setTimer(&state, at: next) }
            return (late, state.openError)
        }
        let timeout = PostgresError.acquireTimedOut(configuration.acquireTimeout, last: error)
        for waiter in late { waiter.continuation.resume(returning: .failure(timeout)) }
    }
}

internal import Locking

/// Lending: the fast way is one lock; the slow way waits its turn until the deadline.
extension PostgresClient {
    /// How long a connection may be idle before it is looked at once more when it is lent.
    private static let trust: Duration = .milliseconds(500)

    func acquire(at site: CallSite) async throws(PostgresError) -> PooledConnection {
        let acquisition = observation.map { AcquireObservation($0, site) }
        do throws(PostgresError) {
            while true {
                let lease: PooledConnection
                if let idle = lendIdle(at: site) {
                    lease = idle
                } else {
                    guard !Task.isCancelled else { throw PostgresError.cancelledBeforeStart.at(site) }
                    lease = try await waitInLine(at: site)
                }
                if lease.connection.isClosed {
                    discard(lease.number)
                    continue
                }
                if resetIfNeeded(lease) { state.withLock { $0.counters.resets += 1 } }
                tellChanges()
                acquisition?.ended(lease.connection)
                return lease
            }
        } catch {
            tellChanges()
            acquisition?.failed(error)
            throw error
        }
    }

    /// Lends an idle connection that still lives; nil if there is none.
    private func lendIdle(at site: CallSite) -> PooledConnection? {
        while true {
            let idle = state.withLock { state -> (PooledConnection, Duration)? in
                guard state.machine.idleCount > 0,
                    case .lend(let number) = state.machine.acquire(waiter: 0, now: .zero),
                    let connection = state.connections[number]
                else { return nil }
                let instant = ContinuousClock.Instant.now
                let since = state.idleSince[number] ?? instant
                state.loans[number] = PoolLoan(site: site, since: instant)
                state.counters.acquired += 1
                return (PooledConnection(number: number, connection: connection), since.duration(to: instant))
            }
            guard let (lease, age) = idle else { return nil }
            if age > Self.trust { lease.connection.session.lookForEnd() }
            if !lease.connection.isClosed { return lease }
            discard(lease.number)
        }
    }

    private func waitInLine(at site: CallSite) async throws(PostgresError) -> PooledConnection {
        let number = state.withLock { $0.nextNumber() }
        let holding = PoolLoans.held[ObjectIdentifier(self)] ?? []
        let result: Result<PooledConnection, PostgresError> = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                enqueue(number, holding, site, continuation)
            }
        } onCancel: {
            if giveUp(number, .cancelledBeforeStart) { state.withLock { $0.counters.cancelled += 1 } }
        }
        do throws(PostgresError) { return try result.get() } catch { throw error.at(site) }
    }

    private func enqueue(
        _ number: Int, _ holding: [Int], _ site: CallSite,
        _ continuation: UnsafeContinuation<Result<PooledConnection, PostgresError>, Never>
    ) {
        let now = now
        let outcome = state.withLock { state -> Result<PooledConnection, PostgresError>? in
            switch state.machine.acquire(waiter: number, holding: holding, now: now) {
            case .lend(let connection):
                guard let lent = state.connections[connection] else { return .failure(.poolClosed) }
                state.loans[connection] = PoolLoan(site: site, since: .now)
                state.counters.acquired += 1
                return .success(PooledConnection(number: connection, connection: lent))
            case .refuse(let refusal):
                state.counters.refused += 1
                return .failure(error(for: refusal, holding: holding, state))
            case .wait:
                let deadline = ContinuousClock.Instant.now.advanced(by: configuration.acquireTimeout)
                state.waiters[number] = PoolWaiter(continuation: continuation, deadline: deadline, site: site)
                state.counters.waited += 1
                setTimer(&state, at: deadline)
                return nil
            }
        }
        if let outcome {
            continuation.resume(returning: outcome)
            return
        }
        // A task that was cancelled before it stood in line has missed its handler's call.
        if Task.isCancelled { _ = giveUp(number, .cancelledBeforeStart) }
        openWhatIsNeeded()
    }

    private func error(for refusal: PoolMachine.Refusal, holding: [Int], _ state: PoolState) -> PostgresError
    {
        switch refusal {
        case .closed: return .poolClosed
        case .tooManyWaiters: return .tooManyWaiters
        case .breakerOpen: return .acquireTimedOut(.zero, last: state.openError)
        case .deadlock:
            let sites = holding.compactMap { state.loans[$0]?.site.description }
            return .wouldDeadlock(heldSince: sites)
        }
    }

    private func giveUp(_ number: Int, _ error: PostgresError) -> Bool {
        let waiter = state.withLock { state -> PoolWaiter? in
            guard state.machine.gaveUp(number) else { return nil }
            return state.waiters.removeValue(forKey: number)
        }
        waiter?.continuation.resume(returning: .failure(error))
        return waiter != nil
    }

    /// Sets the timer for the deadline of the first waiter; later ones follow when it fires.
    private func setTimer(_ state: inout PoolState, at deadline: ContinuousClock.Instant) {
        guard !state.isTimerSet else { return }
        state.isTimerSet = true
        Background.after(ContinuousClock.Instant.now.duration(to: deadline)) { [weak self] in
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
            state.counters.timedOut += late.count
            if let next = state.waiters.values.map(\.deadline).min() { setTimer(&state, at: next) }
            return (late, state.openError)
        }
        let timeout = PostgresError.acquireTimedOut(configuration.acquireTimeout, last: error)
        for waiter in late { waiter.continuation.resume(returning: .failure(timeout)) }
    }
}

internal import Locking

/// Where a pool's life touches its observers. Without any, each of these is one test for nil.
extension PostgresClient {
    /// Tells the observers what has changed since they were told last, and what waits to be told.
    ///
    /// Called without the lock after every change, more often does no harm.
    func tellChanges() {
        guard let observation else { return }
        let (change, events) = state.withLock { state in
            let events = state.events
            state.events = []
            return (state.takeChange(observation.pool), events)
        }
        for event in events { observation.observers.tell(event) }
        if let change { observation.observers.tell(.poolChanged(change)) }
    }

    /// Tells that a borrowed connection is back; called before it is given to anybody else.
    func tellReturn(of lease: PooledConnection, _ tidiness: Session.Tidiness) {
        guard let observation else { return }
        let since = state.withLock { $0.loans[lease.number]?.since } ?? .now
        let condition: ClientEvent.ConnectionReturn.Condition =
            switch tidiness {
            case .tidy: .tidy
            case .untidy: .untidy
            case .broken: .broken
            }
        observation.observers.tell(
            .connectionReturned(
                ClientEvent.ConnectionReturn(
                    pool: observation.pool, connection: lease.connection.session.observation?.connection,
                    duration: since.duration(to: .now), condition: condition)))
    }

    /// Keeps an event for `tellChanges`, which must follow without the lock.
    func note(_ event: (PoolObservation) -> ClientEvent, _ state: inout PoolState) {
        guard let observation else { return }
        state.events.append(event(observation))
    }

    /// Notes that a loan lasts too long.
    func noteLeak(_ loan: PoolLoan, _ state: inout PoolState) {
        note(
            {
                .loanLeaked(
                    ClientEvent.LoanLeak(
                        pool: $0.pool, site: loan.site.description, duration: loan.since.duration(to: .now)))
            }, &state)
    }

    /// Notes what one more failed opening means for the breaker.
    func noteBreaker(failedWith error: PostgresError, _ state: inout PoolState) {
        let failures = state.machine.failures
        guard failures >= state.machine.limits.breakerThreshold, !state.isBreakerOpen else { return }
        state.isBreakerOpen = true
        note(
            {
                .breakerOpened(
                    ClientEvent.BreakerOpening(
                        pool: $0.pool, failures: failures,
                        failure: ClientEvent.Failure(error, $0.observers.options)))
            }, &state)
    }

    /// Notes that a connection could be opened.
    func noteBreakerClosed(_ state: inout PoolState) {
        guard state.isBreakerOpen else { return }
        state.isBreakerOpen = false
        note({ .breakerClosed($0.pool) }, &state)
    }
}

extension PoolState {
    /// The numbers as observers are told them.
    private var observedCounts: ClientEvent.PoolCounts {
        ClientEvent.PoolCounts(
            idle: machine.idleCount, used: machine.lentCount, opening: machine.opening,
            waiting: machine.waiterCount)
    }

    /// What has changed since the last call; nil if nothing has.
    fileprivate mutating func takeChange(_ pool: ClientEvent.Pool) -> ClientEvent.PoolChange? {
        let counts = observedCounts
        guard counts != toldCounts else { return nil }
        defer { toldCounts = counts }
        return ClientEvent.PoolChange(
            pool: pool, counts: counts,
            change: ClientEvent.PoolCounts(
                idle: counts.idle - toldCounts.idle, used: counts.used - toldCounts.used,
                opening: counts.opening - toldCounts.opening, waiting: counts.waiting - toldCounts.waiting))
    }
}

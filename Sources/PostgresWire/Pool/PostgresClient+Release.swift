internal import Locking
internal import PostgresProtocol

/// Taking back: a connection is lent again only if nothing is owed on it and no transaction is open.
extension PostgresClient {
    func release(_ lease: PooledConnection) {
        if lease.connection.session.mustLeaveServer { leaveServer(of: lease.connection) }
        let tidiness = lease.connection.session.tidiness
        tellReturn(of: lease, tidiness)
        switch tidiness {
        case .broken: discard(lease.number)
        case .tidy: giveBack(lease)
        case .untidy:
            state.withLock { $0.counters.untidyReturns += 1 }
            lease.connection.session.stopWhatIsLeft(isCancelled: Task.isCancelled)
            Task { await clean(lease) }
        }
    }

    /// Waits for what is owed and rolls an open transaction back.
    private func clean(_ lease: PooledConnection) async {
        await lease.connection.finish("ROLLBACK")
        lease.connection.session.locked { state, _ in state.savepoints = 0 }
        if lease.connection.isClosed { discard(lease.number) } else { giveBack(lease) }
    }

    private func giveBack(_ lease: PooledConnection) {
        let now = now
        let (waiter, closes) = state.withLock { state -> (PoolWaiter?, Bool) in
            let loan = state.loans.removeValue(forKey: lease.number)
            if let loan, !loan.isReported, let threshold = configuration.leakThreshold,
                loan.since.duration(to: .now) > threshold
            {
                state.counters.leaks += 1
                noteLeak(loan, &state)
            }
            switch state.machine.returned(lease.number, now: now) {
            case .lend(let number):
                return (state.hand(lease.number, to: number), false)
            case .keep:
                state.idleSince[lease.number] = .now
                return (nil, false)
            case .close:
                state.forget(lease.number)
                state.counters.retired += 1
                return (nil, true)
            }
        }
        tellChanges()
        waiter?.continuation.resume(returning: .success(lease))
        guard closes else { return }
        lease.connection.close()
        openWhatIsNeeded()
    }

    /// Forgets a connection that has ended, and opens another if somebody waits.
    func discard(_ number: Int) {
        let connection = state.withLock { state in
            state.machine.ended(number)
            state.counters.broken += 1
            let connection = state.connections[number]
            state.forget(number)
            return connection
        }
        connection?.close()
        if let connection, connection.session.mustLeaveServer { leaveServer(of: connection) }
        openWhatIsNeeded()
    }
}

extension PoolState {
    /// Notes that a waiter has got a connection.
    mutating func hand(_ connection: Int, to number: Int) -> PoolWaiter? {
        guard let waiter = waiters.removeValue(forKey: number) else { return nil }
        loans[connection] = PoolLoan(site: waiter.site, since: .now)
        counters.acquired += 1
        return waiter
    }

    /// Forgets a connection that the machine has forgotten.
    mutating func forget(_ connection: Int) {
        connections[connection] = nil
        idleSince[connection] = nil
        loans[connection] = nil
    }
}

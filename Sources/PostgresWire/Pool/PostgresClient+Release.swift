internal import Locking
internal import PostgresProtocol

/// Taking back: a connection is lent again only if nothing is owed on it and no transaction is open.
extension PostgresClient {
    func release(_ lease: PooledConnection) {
        let session = lease.connection.session
        let (isBroken, isClean) = session.state.withLock { state in
            (
                state.failure != nil,
                state.pending.count == 0 && state.machine.transactionStatus == .idle && state.savepoints == 0
            )
        }
        if isBroken {
            discard(lease.number)
        } else if isClean {
            giveBack(lease)
        } else {
            Task { await clean(lease) }
        }
    }

    /// Waits for what is owed and rolls an open transaction back.
    private func clean(_ lease: PooledConnection) async {
        await lease.connection.rollBackStatement("ROLLBACK")
        lease.connection.session.state.withLock { $0.savepoints = 0 }
        if lease.connection.isClosed { discard(lease.number) } else { giveBack(lease) }
    }

    private func giveBack(_ lease: PooledConnection) {
        let (waiter, closes) = state.withLock { state -> (PoolWaiter?, Bool) in
            switch state.machine.returned(lease.number) {
            case .lend(let waiter): return (state.waiters.removeValue(forKey: waiter), false)
            case .keep:
                state.idleSince[lease.number] = .now
                return (nil, false)
            case .close:
                state.connections[lease.number] = nil
                return (nil, true)
            }
        }
        waiter?.continuation.resume(returning: .success(lease))
        if closes { lease.connection.close() }
    }

    /// Forgets a connection that has ended, and opens another if somebody waits.
    func discard(_ number: Int) {
        let connection = state.withLock { state in
            state.machine.ended(number)
            state.idleSince[number] = nil
            return state.connections.removeValue(forKey: number)
        }
        connection?.close()
        openWhatIsNeeded()
    }
}

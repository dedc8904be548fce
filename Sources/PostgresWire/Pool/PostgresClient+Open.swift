internal import Dispatch
internal import Locking

/// Opening connections, few at a time, with growing pauses after failures.
extension PostgresClient {
    /// The first pause after a failure; it doubles with each, up to `longestPause`.
    private static let firstPause = 0.05
    private static let longestPause = 2.0

    func openWhatIsNeeded() {
        let count = state.withLock { $0.machine.openingsNeeded() }
        for _ in 0..<count { Task { await openOne() } }
    }

    private func openOne() async {
        do {
            let connection = try await PostgresConnection.connect(configuration.server)
            take(connection)
        } catch {
            openingFailed(error)
        }
    }

    private func take(_ connection: PostgresConnection) {
        let (waiter, number, closes) = state.withLock { state -> (PoolWaiter?, Int, Bool) in
            state.failuresInARow = 0
            state.openError = nil
            let number = state.nextNumber()
            state.connections[number] = connection
            switch state.machine.opened(number) {
            case .lend(let waiter): return (state.waiters.removeValue(forKey: waiter), number, false)
            case .keep:
                state.idleSince[number] = .now
                return (nil, number, false)
            case .close:
                state.connections[number] = nil
                return (nil, number, true)
            }
        }
        waiter?.continuation.resume(
            returning: .success(PooledConnection(number: number, connection: connection)))
        if closes { connection.close() }
        openWhatIsNeeded()
    }

    private func openingFailed(_ error: PostgresError) {
        let (refused, pause) = state.withLock { state in
            state.machine.openingFailed()
            state.openError = error
            state.failuresInARow += 1
            var refused: [PoolWaiter] = []
            if error.isHopeless {
                refused = state.machine.takeWaiters().compactMap { state.waiters.removeValue(forKey: $0) }
            }
            let doubled = Self.firstPause * Double(1 << min(state.failuresInARow - 1, 10))
            return (refused, min(doubled, Self.longestPause) * Double.random(in: 0.5...1))
        }
        for waiter in refused { waiter.continuation.resume(returning: .failure(error)) }
        DispatchQueue.global().asyncAfter(deadline: .now() + pause) { [weak self] in self?.openWhatIsNeeded()
        }
    }
}

extension PostgresError {
    /// Whether waiting cannot help: wrong password or role (28…), no such database (3D000), a wrong configuration.
    var isHopeless: Bool {
        if code == .invalidConfiguration || code == .protocolViolation { return true }
        guard code == .connectionRefused else { return false }
        guard let state = sqlState else { return true }
        return state.hasPrefix("28") || state == "3D000" || state == "42501"
    }
}

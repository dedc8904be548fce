internal import Locking

/// Opening connections, few at a time, with growing pauses after failures; and looking after those that are there.
extension PostgresClient {
    /// The first pause after a failure; it doubles with each, up to `longestPause`.
    private static let firstPause = 0.05
    private static let longestPause = 2.0

    func openWhatIsNeeded() {
        let now = now
        let count = state.withLock { $0.machine.openingsNeeded(now: now) }
        tellChanges()
        for _ in 0..<count { Task { await openOne() } }
    }

    private func openOne() async {
        do {
            take(try await PostgresConnection.connect(configuration.server))
        } catch {
            openingFailed(error)
        }
    }

    private func take(_ connection: PostgresConnection) {
        let now = now
        let lifetime = configuration.maximumLifetime * Double.random(in: 0.9...1)
        let (waiter, number, closes) = state.withLock { state -> (PoolWaiter?, Int, Bool) in
            state.openError = nil
            state.counters.opened += 1
            noteBreakerClosed(&state)
            let number = state.nextNumber()
            state.connections[number] = connection
            startMaintenance(&state)
            switch state.machine.opened(number, lifetime: lifetime, now: now) {
            case .lend(let waiter): return (state.hand(number, to: waiter), number, false)
            case .keep:
                state.idleSince[number] = .now
                return (nil, number, false)
            case .close:
                state.forget(number)
                return (nil, number, true)
            }
        }
        tellChanges()
        waiter?.continuation.resume(
            returning: .success(PooledConnection(number: number, connection: connection)))
        if closes { connection.close() }
        openWhatIsNeeded()
    }

    private func openingFailed(_ error: PostgresError) {
        let now = now
        let (refused, pause) = state.withLock { state in
            let doubled = Self.firstPause * Double(1 << min(state.machine.failures, 10))
            let pause = min(doubled, Self.longestPause) * Double.random(in: 0.5...1)
            state.machine.openingFailed(pause: .seconds(pause), now: now)
            state.counters.failedOpenings += 1
            state.openError = error
            noteBreaker(failedWith: error, &state)
            var refused: [PoolWaiter] = []
            if error.isHopeless {
                refused = state.machine.takeWaiters().compactMap { state.waiters.removeValue(forKey: $0) }
            }
            return (refused, pause)
        }
        tellChanges()
        for waiter in refused { waiter.continuation.resume(returning: .failure(error)) }
        Background.after(.seconds(pause + 0.001)) { [weak self] in self?.openWhatIsNeeded() }
    }

    /// Begins to look after idle connections, once a second while there are connections.
    private func startMaintenance(_ state: inout PoolState) {
        guard !state.isMaintained else { return }
        state.isMaintained = true
        scheduleMaintenance()
    }

    private func scheduleMaintenance() {
        Background.after(.seconds(1)) { [weak self] in self?.maintain() }
    }

    private func maintain() {
        let now = now
        let (closing, goesOn) = state.withLock { state in
            let numbers = state.machine.prune(now: now)
            let closing = numbers.compactMap { state.connections[$0] }
            for number in numbers { state.forget(number) }
            state.counters.retired += numbers.count
            noteLeaks(&state)
            state.isMaintained = !state.connections.isEmpty
            return (closing, state.isMaintained)
        }
        for connection in closing { connection.close() }
        openWhatIsNeeded()
        if goesOn { scheduleMaintenance() }
    }

    private func noteLeaks(_ state: inout PoolState) {
        guard let threshold = configuration.leakThreshold else { return }
        let now = ContinuousClock.Instant.now
        for (number, loan) in state.loans where !loan.isReported && loan.since.duration(to: now) > threshold {
            state.loans[number]?.isReported = true
            state.counters.leaks += 1
            noteLeak(loan, &state)
        }
    }

    /// The places in the source whose loans last longer than the leak threshold, as `MyModule/File.swift:12`.
    public var leakedLoans: [String] {
        state.withLock { state in
            state.loans.values.filter(\.isReported).map(\.site.description).sorted()
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

internal import Locking
internal import PostgresProtocol

/// The driver: one task that does what the machine decides, one step after the other.
extension NotificationHub {
    func run() async {
        while true {
            let now = now
            switch state.withLock({ $0.machine.step(now: now) }) {
            case .connect: await connect()
            case .run(let listen, let unlisten): await change(listen: listen, unlisten: unlisten)
            case .probe: await probe()
            case .disconnect: dropConnection()
            case .wait(let moment): await wait(until: moment)
            case .finish: return
            }
        }
    }

    private func connect() async {
        // The one that was lost: dropped without the lock, since its session has one too.
        dropConnection()
        do {
            let connection = try await PostgresConnection.connect(configuration)
            let now = now
            let epoch = state.withLock { state -> Int? in
                guard !state.machine.hasClosed else { return nil }
                state.epoch += 1
                state.connection = connection
                state.machine.connected(now: now)
                state.counters.connections += 1
                return state.epoch
            }
            guard let epoch else { return connection.close() }
            if !connection.session.deliver(to: self, epoch: epoch) {
                var wakeups = Wakeups()
                connectionEnded(epoch, .closed, &wakeups)
                wakeups.resume()
            }
        } catch {
            let now = now
            state.withLock { state in
                state.machine.connectingFailed(now: now, jitter: Double.random(in: 0...1))
                state.counters.failedOpenings += 1
                state.counters.lastError = error
            }
        }
    }

    private func change(listen: [String], unlisten: [String]) async {
        let commands =
            unlisten.map { "UNLISTEN \(PostgresQuery.quoted(identifier: $0))" }
            + listen.map { "LISTEN \(PostgresQuery.quoted(identifier: $0))" }
        guard await answers(to: commands.joined(separator: ";")) else { return }
        let now = now
        let wakeups = state.withLock { state in
            var wakeups = Wakeups()
            let notices = state.machine.ran(now: now)
            state.deliver(notices, &wakeups)
            return wakeups
        }
        wakeups.resume()
    }

    private func probe() async {
        guard await answers(to: "") else { return }
        let now = now
        state.withLock { $0.machine.probed(now: now) }
    }

    /// Runs a script; a server that refuses it or does not answer in time has lost the connection.
    private func answers(to sql: String) async -> Bool {
        guard let connection = state.withLock({ $0.connection }) else { return false }
        do {
            try await connection.roundTrip(sql, within: patience)
            return true
        } catch {
            let now = now
            state.withLock { $0.noteLoss(error, now: now) }
            dropConnection()
            return false
        }
    }

    private func dropConnection() {
        let connection = state.withLock { state in
            defer { state.connection = nil }
            return state.connection
        }
        connection?.close()
    }

    private func wait(until moment: Duration?) async {
        await withUnsafeContinuation { continuation in
            let turn = state.withLock { state -> Int? in
                guard !state.isSignalled else {
                    state.isSignalled = false
                    return nil
                }
                state.driver = continuation
                return state.turn
            }
            guard let turn else { return continuation.resume() }
            guard let moment else { return }
            Background.after(moment - now) { [weak self] in self?.timePassed(turn) }
        }
    }

    private func timePassed(_ turn: Int) {
        let driver = state.withLock { $0.turn == turn ? $0.takeDriver() : nil }
        driver?.resume()
    }
}

extension Session {
    /// Lets the session read at all times and pass what comes to `hub`; false if it has ended.
    fileprivate func deliver(to hub: NotificationHub, epoch: Int) -> Bool {
        locked { state, wakeups in
            guard state.failure == nil else { return false }
            state.notificationSink = { [weak hub] message, wakeups in hub?.received(message, &wakeups) }
            state.endSink = { [weak hub] error, wakeups in hub?.connectionEnded(epoch, error, &wakeups) }
            state.watchesReads = true
            updateInterest(&state, &wakeups)
            return true
        }
    }

    fileprivate func giveUp(unanswered operation: Operation) {
        locked { state, wakeups in
            guard !operation.isDone else { return }
            fail(&state, .lost("the server did not answer"), &wakeups)
        }
    }
}

extension PostgresConnection {
    /// Runs a script; the session ends if the answer takes longer than `limit`.
    fileprivate func roundTrip(_ sql: String, within limit: Duration) async throws(PostgresError) {
        let operation = try await start(.script(sql), Session.Treatment(isShielded: true))
        Background.after(limit) { [weak session] in session?.giveUp(unanswered: operation) }
        await session.wait(for: operation)
        if let error = operation.failure { throw error }
    }
}

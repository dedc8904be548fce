internal import Locking
internal import PostgresCodecs
internal import PostgresProtocol
internal import Synchronization

/// A session with a server: one socket, bound to one loop, and the calls that wait for its replies.
///
/// Callers encode straight into the output buffer and write it themselves, so that no thread is changed in order to
/// send. Replies are matched in order by `SessionMachine`; whoever has read them, the loop or a waiting caller,
/// takes them apart under the lock and wakes the callers after it.
final class Session: ReadinessHandler, Sendable {
    let socket: Socket
    let loop: EventLoop
    let protocolVersion: PostgresProtocolVersion
    let backendKey: BackendKey?
    let configuration: PostgresConfiguration
    let authenticationMethod: String
    let isChannelBound: Bool
    /// Who is told what the session does; nil for nobody.
    let observation: SessionObservation?
    let state: Lock<SessionState>
    /// What is known of the database's types, by all connections of a pool.
    let types: TypeCache
    let token: Atomic<UInt64> = Atomic(0)

    /// How many calls of the whole process wait for replies: with one alone it pays to wait on the caller's thread.
    static let waiting = Atomic<Int>(0)

    init(_ opened: OpenedSession, loop: EventLoop, configuration: PostgresConfiguration) {
        socket = opened.socket
        self.loop = loop
        self.configuration = configuration
        types = configuration.types ?? TypeCache()
        protocolVersion = opened.protocolVersion
        backendKey = opened.backendKey
        authenticationMethod = opened.authenticationMethod
        isChannelBound = opened.isChannelBound
        observation = SessionObservation(configuration, opened.backendKey)
        let statements = StatementCache(
            maximumCount: configuration.statementCacheCount, maximumBytes: configuration.statementCacheBytes)
        var initial = SessionState(statements: statements, parameters: opened.parameters)
        initial.input.append(opened.unread)
        state = Lock(initial)
        token.store(loop.register(self), ordering: .relaxed)
    }

    /// Runs `body` with the lock held and wakes the callers it names once the lock is released.
    func locked<Result: Sendable>(_ body: (inout SessionState, inout Wakeups) -> Result) -> Result {
        var wakeups = Wakeups()
        let result = state.withLock { state in
            defer { if wakeups.hasEvents { state.tellers += 1 } }
            return body(&state, &wakeups)
        }
        carryOut(wakeups)
        return result
    }

    /// Tells the observers, then wakes the callers; `tellers` was raised with the lock if there is anything to tell.
    func carryOut(_ wakeups: Wakeups) {
        guard wakeups.hasEvents else { return wakeups.resume() }
        wakeups.tell()
        let heldBack = state.withLock { state in
            state.tellers -= 1
            return state.tellers == 0 ? state.takeHeldBack() : []
        }
        wakeups.resume()
        for continuation in heldBack { continuation.resume() }
    }

    func descriptorReady(canRead: Bool, canWrite: Bool) {
        locked { state, wakeups in
            guard state.failure == nil else { return }
            if canWrite { flush(&state, &wakeups) }
            if canRead { pump(&state, &wakeups) }
            updateInterest(&state, &wakeups)
        }
    }

    func turnEnded() {
        locked { state, wakeups in
            state.willFlush = false
            flush(&state, &wakeups)
            updateInterest(&state, &wakeups)
        }
    }

    /// Tells the poller what the state now needs.
    ///
    /// A session that the poller does not take would wait for ever: it ends.
    func updateInterest(_ state: inout SessionState, _ wakeups: inout Wakeups) {
        guard state.failure == nil else { return }
        var wanted: Interest = []
        if state.watchesReads, !state.isPaused { wanted.insert(.read) }
        if state.sent < state.output.count, !state.willFlush, state.holds == 0 {
            wanted.formUnion([.read, .write])
        }
        guard wanted != state.interest else { return }
        let token = token.load(ordering: .relaxed)
        if loop.set(socket.descriptor, from: state.interest, to: wanted, token: token) {
            state.interest = wanted
        } else {
            fail(&state, .lost("the system does not watch the connection"), &wakeups)
        }
    }

    /// Ends the session: everything that waits fails, nothing can be sent any more.
    func fail(_ state: inout SessionState, _ error: PostgresError, _ wakeups: inout Wakeups) {
        guard state.failure == nil else { return }
        state.failure = error
        if !state.interest.isEmpty {
            _ = loop.set(
                socket.descriptor, from: state.interest, to: [], token: token.load(ordering: .relaxed))
            state.interest = []
        }
        loop.unregister(token.load(ordering: .relaxed))
        while let operation = state.pending.first {
            operation.error = operation.error ?? error
            finish(operation, &state, &wakeups)
        }
        for continuation in state.gated { wakeups.add(continuation) }
        state.gated = []
        noteClose(error, &state, &wakeups)
        state.endSink?(error, &wakeups)
        state.endSink = nil
        state.notificationSink = nil
        socket.shutDown()
    }

    func finish(_ operation: Operation, _ state: inout SessionState, _ wakeups: inout Wakeups) {
        state.pending.removeFirst()
        operation.finish()
        if state.failure == nil { noteIdleness(&state) }
        noteEnd(of: operation, &state, &wakeups)
        if state.gates == 0, !state.gated.isEmpty { wakeups.add(state.gated.removeFirst()) }
        Session.waiting.subtract(1, ordering: .relaxed)
        wakeups.add(operation.takeReady())
    }

    /// Says goodbye and closes; returns at once.
    func close() {
        locked { state, wakeups in
            guard state.failure == nil else { return }
            if state.pending.count == 0 {
                state.output.appendTerminate()
                flush(&state, &wakeups)
            }
            fail(&state, .closed, &wakeups)
        }
    }

    /// Reads what an idle session may have been sent: the end of the connection, above all.
    func lookForEnd() { locked { state, wakeups in pump(&state, &wakeups) } }
}

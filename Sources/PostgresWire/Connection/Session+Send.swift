internal import Locking
internal import PostgresCodecs
internal import PostgresProtocol
internal import Synchronization

/// Writing: statements become messages, messages leave.
extension Session {
    /// Whether a call could be sent, or must wait at the gate.
    enum Submission {
        case sent(Operation)
        case gated
    }

    /// Encodes statements and one Sync, and sends them, unless a COPY or a cancel request is under way.
    func submit(
        _ queries: [PostgresQuery], streamLimit: Int? = nil, isShielded: Bool = false
    ) throws(PostgresError) -> Submission {
        for query in queries { try check(query) }
        let (result, wakeups) = state.withLock { state in
            var wakeups = Wakeups()
            if let failure = state.failure {
                return (Result<Submission, PostgresError>.failure(failure.again), wakeups)
            }
            if state.gates > 0 { return (.success(.gated), wakeups) }
            let operation = encode(queries, streamLimit: streamLimit, &state)
            operation.isShielded = isShielded
            depart(operation, &state, &wakeups)
            return (.success(.sent(operation)), wakeups)
        }
        wakeups.resume()
        return try result.get()
    }

    /// Sends SQL by the simple protocol.
    func submit(script sql: String, streamLimit: Int? = nil, closesGate: Bool = false) throws(PostgresError)
        -> Submission
    {
        try check(sql: sql)
        let (result, wakeups) = state.withLock { state in
            var wakeups = Wakeups()
            if let failure = state.failure {
                return (Result<Submission, PostgresError>.failure(failure.again), wakeups)
            }
            if state.gates > 0 { return (.success(.gated), wakeups) }
            state.output.appendQuery(sql)
            state.machine.sent(.simple)
            if closesGate { state.gates += 1 }
            let operation = Operation(statements: [], streamLimit: streamLimit)
            depart(operation, &state, &wakeups)
            return (.success(.sent(operation)), wakeups)
        }
        wakeups.resume()
        return try result.get()
    }

    private func check(sql: String) throws(PostgresError) {
        guard !sql.holdsZeroByte else { throw .zeroCharacter(in: "the statement") }
        guard sql.utf8.count <= FrontendLimits.maximumMessageBytes - 0x10_0000 else { throw .tooLarge }
    }

    private func check(_ query: PostgresQuery) throws(PostgresError) {
        try check(sql: query.sql)
        guard let parameters = query.parameters else { return }
        if let fault = parameters.fault { throw fault }
        guard parameters.count <= FrontendLimits.maximumParameters else { throw .tooManyParameters }
        guard parameters.byteCount <= 0x3fff_0000 else { throw .tooLarge }
    }

    private func encode(
        _ queries: [PostgresQuery], streamLimit: Int?, _ state: inout SessionState
    ) -> Operation {
        let closing = state.statements.takeClosing()
        for name in closing { state.output.appendClose(statement: name) }
        var statements: [PreparedStatement] = []
        var steps: [Exchange.Steps] = []
        for query in queries {
            let (statement, step) = encode(query, &state)
            statements.append(statement)
            steps.append(step)
        }
        state.output.appendSync()
        state.machine.sent(
            steps.count == 1
                ? .statement(steps[0], closes: closing.count) : .batch(steps, closes: closing.count))
        return Operation(statements: statements, streamLimit: streamLimit)
    }

    private func encode(
        _ query: PostgresQuery, _ state: inout SessionState
    ) -> (PreparedStatement, Exchange.Steps) {
        let key = StatementKey(sql: query.sql, types: query.parameters?.types ?? [])
        var steps = Exchange.Steps.execute
        let statement: PreparedStatement
        if let known = state.statements.use(key) {
            statement = known
        } else {
            statement = PreparedStatement(key: key)
            state.statements.insert(statement)
            steps = [.parse, .describe, .execute]
            state.output.appendParse(statement: statement.name, sql: key.sql, parameterTypes: key.types)
            state.output.appendDescribe(statement: statement.name)
        }
        if let parameters = query.parameters {
            state.output.appendBind(
                statement: statement.name, formats: parameters.formats, parameterCount: parameters.count,
                fields: parameters.fields, resultFormat: .binary)
        } else {
            state.output.appendBind(
                statement: statement.name, formats: [], parameterCount: 0, fields: RawSpan(),
                resultFormat: .binary)
        }
        state.output.appendExecute()
        return (statement, steps)
    }

    /// Queues an operation whose messages are in the output, and sends them: at once, or at the end of the loop's turn.
    private func depart(_ operation: Operation, _ state: inout SessionState, _ wakeups: inout Wakeups) {
        state.pending.append(operation)
        Session.waiting.add(1, ordering: .relaxed)
        if loop.isCurrent {
            state.watchesReads = true
            flushLater(&state)
        } else {
            flush(&state, &wakeups)
        }
        updateInterest(&state)
    }

    /// Lets the loop send at the end of its turn what is in the output by then.
    func flushLater(_ state: inout SessionState) {
        guard !state.willFlush else { return }
        state.willFlush = true
        loop.flushAfterTurn(self)
    }

    /// Sends as much of the output as the socket takes.
    func flush(_ state: inout SessionState, _ wakeups: inout Wakeups) {
        guard state.failure == nil else { return }
        while state.sent < state.output.count {
            let outcome = state.output.bytes.withUnsafeBytes { bytes in
                socket.send(UnsafeRawBufferPointer(rebasing: bytes[state.sent...]))
            }
            switch outcome {
            case .bytes(let count): state.sent += count
            case .wouldBlock:
                noteBacklog(&state, &wakeups)
                return
            case .end: return
            case .failed(let code):
                // The server may have said why before it closed: read it first.
                pump(&state, &wakeups)
                fail(&state, .lost("the connection broke (\(errorText(code)))"), &wakeups)
                return
            }
        }
        state.output.removeAll()
        state.output.shrink(to: 1_048_576)
        state.sent = 0
        noteBacklog(&state, &wakeups)
    }

    private func noteBacklog(_ state: inout SessionState, _ wakeups: inout Wakeups) {
        guard let operation = state.pending.first, operation.copyIn != nil else { return }
        operation.hasBacklog = state.output.count - state.sent > Session.backlogLimit
        wakeups.add(operation.takeReady())
    }

    /// How many bytes of a COPY may wait for the socket before the caller waits too.
    static let backlogLimit = 262_144
}

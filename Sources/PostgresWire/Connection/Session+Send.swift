internal import Locking
internal import PostgresCodecs
internal import PostgresProtocol
internal import Synchronization

/// Writing: statements become messages, messages leave.
extension Session {
    /// Whether a call could be sent, or must wait at the gate.
    enum Submission: Sendable {
        case sent(Operation)
        case gated
    }

    /// What is sent for a call.
    enum Request: Sendable {
        /// Statements of the extended protocol and one Sync.
        case statements([PostgresQuery])
        /// SQL of the simple protocol.
        case script(String)
        /// A statement that is only described.
        case description(PostgresQuery)
    }

    /// How a call is treated while it is under way.
    struct Treatment: Sendable {
        /// How many bytes of rows may wait for the caller; nil to collect them all.
        var streamLimit: Int?
        /// Whether a cancelled task still waits for it.
        var isShielded = false
        /// Whether nobody else may send until `openGate`.
        var closesGate = false
        /// Whether it changes what outlives a transaction, although its SQL does not show that.
        var changesSession = false
        /// Whether the text of the simple protocol is one statement for certain, a COPY, so that it has one result.
        var isOneStatement = false
        /// Whether its caller takes the data of a COPY to the client.
        var takesCopyData = false
        /// How long it may take.
        var timeout: Duration?
        /// What is noted for observers; nil without any.
        var observation: QueryObservation?
    }

    /// Encodes a call and sends it, unless it must wait: for a COPY, a cancel request or room in the pipeline.
    func submit(
        _ request: Request, _ treatment: Treatment = Treatment()
    ) throws(PostgresError) -> Submission {
        try check(request)
        let request = configuration.statementMode == .simple ? try simple(request) : request
        let result = locked { state, wakeups -> Result<Submission, PostgresError> in
            if let failure = state.failure { return .failure(failure.again) }
            guard state.gates == 0, state.pending.count < configuration.maximumPipelineDepth else {
                return .success(.gated)
            }
            if state.owesReset { appendReset(&state) }
            let before = state.output.count
            let operation = encode(request, treatment, &state)
            treatment.observation?.sentBytes = state.output.count - before
            if treatment.closesGate { state.gates += 1 }
            depart(operation, &state, &wakeups)
            return .success(.sent(operation))
        }
        let submission = try result.get()
        if case .sent(let operation) = submission, let timeout = treatment.timeout {
            DeadlineClock.shared.watch(operation, of: self, for: timeout)
        }
        return submission
    }

    private func check(_ request: Request) throws(PostgresError) {
        switch request {
        case .script(let sql): try check(sql: sql)
        case .description(let query): try check(query)
        case .statements(let queries): for query in queries { try check(query) }
        }
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

    /// The same call in the simple protocol: each statement on a line of its own, so that a comment at an end ends there.
    private func simple(_ request: Request) throws(PostgresError) -> Request {
        guard case .statements(let queries) = request else { return request }
        guard queries.allSatisfy({ $0.parameterCount == 0 }) else { throw .parametersInSimpleMode }
        let script = queries.map(\.sql).joined(separator: "\n;")
        try check(sql: script)
        return .script(script)
    }

    private func encode(
        _ request: Request, _ treatment: Treatment, _ state: inout SessionState
    ) -> Operation {
        switch request {
        case .script(let sql):
            state.output.appendQuery(sql)
            state.machine.sent(.simple)
            return Operation(statements: [], script: sql, treatment)
        case .description(let query): return encode(descriptionOf: query, treatment, &state)
        case .statements(let queries):
            // Those that give way for these statements are closed before them, so the server never has one too many.
            let found = statements(for: queries, &state)
            treatment.observation?.cacheHits = found.count { !$0.1.contains(.parse) }
            var closing = state.statements.takeClosing(
                before: found.lazy.map { ($0.0, !$0.1.contains(.parse)) })
            if state.sharesServer, configuration.statementMode == .named {
                closing += found.filter { $0.1.contains(.parse) && !closing.contains($0.0.name) }.map(
                    \.0.name)
            }
            for name in closing { state.output.appendClose(statement: name) }
            for (query, (statement, steps)) in zip(queries, found) {
                encode(query, statement, steps, &state.output)
            }
            state.output.appendSync()
            state.machine.sent(
                found.count == 1
                    ? .statement(found[0].1, closes: closing.count)
                    : .batch(found.map(\.1), closes: closing.count))
            let operation = Operation(statements: found.map(\.0), treatment)
            if queries.count == 1 { operation.resultFormats = queries[0].resultFormats }
            return operation
        }
    }

    private func encode(
        descriptionOf query: PostgresQuery, _ treatment: Treatment, _ state: inout SessionState
    ) -> Operation {
        let (statement, steps) = statement(for: query, &state)
        if steps.contains(.parse) {
            let key = statement.key
            state.output.appendParse(statement: statement.name, sql: key.sql, parameterTypes: key.types)
        }
        state.output.appendDescribe(statement: statement.name)
        state.output.appendSync()
        state.machine.sent(.statement(steps.contains(.parse) ? [.parse, .describe] : .describe))
        let operation = Operation(statements: [statement], treatment)
        operation.isDescription = true
        return operation
    }

    private func encode(
        _ query: PostgresQuery, _ statement: PreparedStatement, _ steps: Exchange.Steps,
        _ output: inout ByteWriter
    ) {
        if steps.contains(.parse) {
            let key = statement.key
            output.appendParse(statement: statement.name, sql: key.sql, parameterTypes: key.types)
            output.appendDescribe(statement: statement.name)
        }
        if let parameters = query.parameters {
            output.appendBind(
                statement: statement.name, formats: parameters.formats, parameterCount: parameters.count,
                fields: parameters.fields, resultFormat: .binary, resultFormats: query.resultFormats)
        } else {
            output.appendBind(
                statement: statement.name, formats: [], parameterCount: 0, fields: RawSpan(),
                resultFormat: .binary, resultFormats: query.resultFormats)
        }
        output.appendExecute()
    }

    /// Finds or makes the statement of each query; one that occurs twice is parsed once, however small the cache is.
    private func statements(
        for queries: [PostgresQuery], _ state: inout SessionState
    ) -> [(PreparedStatement, Exchange.Steps)] {
        guard queries.count > 1, configuration.statementMode == .named else {
            return queries.map { statement(for: $0, &state) }
        }
        var found: [StatementKey: PreparedStatement] = [:]
        return queries.map { query in
            let key = StatementKey(sql: query.sql, types: query.parameters?.types ?? [])
            if let again = found[key] { return (again, .execute) }
            let (statement, steps) = statement(for: query, &state)
            found[key] = statement
            return (statement, steps)
        }
    }

    /// Finds the statement in the cache, or makes one that has to be parsed first.
    private func statement(
        for query: PostgresQuery, _ state: inout SessionState
    ) -> (PreparedStatement, Exchange.Steps) {
        let key = StatementKey(sql: query.sql, types: query.parameters?.types ?? [])
        guard configuration.statementMode == .named else {
            return (PreparedStatement(unnamed: key), [.parse, .describe, .execute])
        }
        if let known = state.statements.use(key) { return (known, .execute) }
        let statement = PreparedStatement(key: key)
        state.statements.insert(statement)
        return (statement, [.parse, .describe, .execute])
    }

    /// Queues an operation whose messages are in the output, and sends them: at once, or at the end of the loop's turn.
    private func depart(_ operation: Operation, _ state: inout SessionState, _ wakeups: inout Wakeups) {
        state.pending.append(operation)
        Session.waiting.add(1, ordering: .relaxed)
        if loop.isCurrent {
            state.watchesReads = true
            flushLater(&state)
        } else if state.holds == 0 {
            flush(&state, &wakeups)
        }
        updateInterest(&state, &wakeups)
    }

    /// Keeps what is sent in the output until `releaseOutput`, so that many calls leave in one write.
    func holdOutput() { locked { state, _ in state.holds += 1 } }

    /// Sends what was held.
    func releaseOutput() {
        locked { state, wakeups in
            state.holds -= 1
            if state.holds == 0, !state.willFlush { flush(&state, &wakeups) }
            updateInterest(&state, &wakeups)
        }
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
            case .end:
                fail(&state, .lost("the server closed the connection"), &wakeups)
                return
            case .failedTLS(let reason):
                fail(&state, .lost("the encrypted connection broke (\(reason))"), &wakeups)
                return
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

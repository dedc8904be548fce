internal import PostgresCodecs
internal import PostgresProtocol

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Reading: bytes become frames, frames become results.
extension Session {
    /// Reads what is there and takes it apart.
    ///
    /// At most a few reads, so that one session cannot hold up its loop.
    func pump(_ state: inout SessionState, _ wakeups: inout Wakeups) {
        for _ in 0..<8 {
            guard state.failure == nil, !state.isPaused else { return }
            var outcome = Socket.Outcome.wouldBlock
            let filled = state.input.fill { free in
                outcome = socket.receive(free)
                if case .bytes(let count) = outcome { return count }
                return 0
            }
            switch outcome {
            case .bytes: break
            case .wouldBlock: return
            case .end:
                fail(&state, .lost("the server closed the connection"), &wakeups)
                return
            case .failed(let code):
                fail(&state, .lost("the connection broke (\(errorText(code)))"), &wakeups)
                return
            case .failedTLS(let reason):
                fail(&state, .lost("the encrypted connection broke (\(reason))"), &wakeups)
                return
            }
            consume(&state, &wakeups)
            if filled.isFull { state.input.widen() } else if !socket.readsInPieces { break }
        }
    }

    /// Takes every complete frame out of the input.
    func consume(_ state: inout SessionState, _ wakeups: inout Wakeups) {
        do {
            while state.failure == nil, !state.isPaused, try consumeFrame(&state, &wakeups) {}
        } catch {
            fail(&state, .broken(error), &wakeups)
        }
        state.input.shrink()
        // A caller that reads row by row gets what has arrived, once per read and not once per row.
        if let operation = state.pending.first, operation.streamLimit != nil {
            wakeups.add(operation.takeReady())
        }
    }

    /// Takes one frame; returns false while it is not complete.
    private func consumeFrame(
        _ state: inout SessionState, _ wakeups: inout Wakeups
    ) throws(SessionFault) -> Bool {
        let header: FrameHeader
        do {
            let limit = FrameHeader.maximumBodyBytes
            guard let next = try FrameHeader.read(state.input.bytes, limit: limit) else { return false }
            header = next
        } catch {
            throw .malformed(error)
        }
        let body = FrameHeader.byteCount..<FrameHeader.byteCount + header.bodyBytes
        guard state.input.count >= body.upperBound else { return false }
        state.receivedBytes &+= body.upperBound
        if header.tag == .dataRow, state.machine.takesRows, let operation = state.pending.first {
            try take(rowIn: body, for: operation, &state, &wakeups)
        } else {
            let action = try Self.action(of: header.tag, body, in: state.input, &state.machine)
            try perform(action, body: body, &state, &wakeups)
        }
        state.input.consume(body.upperBound)
        return true
    }

    private static func action(
        of tag: BackendTag, _ body: Range<Int>, in input: borrowing InputBuffer,
        _ machine: inout SessionMachine
    ) throws(SessionFault) -> SessionMachine.Action {
        try machine.received(tag, input.bytes.extracting(body))
    }

    private func take(
        rowIn body: Range<Int>, for operation: Operation, _ state: inout SessionState,
        _ wakeups: inout Wakeups
    ) throws(SessionFault) {
        let columns = operation.currentColumns(state.machine.statementIndex)
        do {
            try DataRow.check(state.input.bytes.extracting(body), columns: columns?.count ?? 0)
        } catch {
            throw .malformed(error)
        }
        operation.rowCount += 1
        operation.append(state.input.bytes.extracting(body))
        guard let limit = operation.streamLimit, !operation.isAbandoned else { return }
        operation.columns = columns
        if (operation.storage?.byteCount ?? 0) >= limit { state.isPaused = true }
    }

    /// Does what a message means.
    private func perform(
        _ action: SessionMachine.Action, body: Range<Int>, _ state: inout SessionState,
        _ wakeups: inout Wakeups
    ) throws(SessionFault) {
        switch action {
        case .none, .copyDone: break
        case .notice(let fields):
            note(fields, &wakeups)
            state.noticeSink?(fields)
        case .notification(let notification): state.notificationSink?(notification, &wakeups)
        case .parameter(let status):
            guard state.parameters.count < Session.maximumParameters || state.parameters[status.name] != nil
            else {
                throw .violation(ProtocolViolation(expected: "fewer parameters", received: .parameterStatus))
            }
            state.parameters[status.name] = status.value
            // A reset reports what it has changed as well.
            if state.pending.first?.isReset != true { state.isChanged = true }
        case .terminated(let fields): fail(&state, .ended(by: fields), &wakeups)
        default:
            guard let operation = state.pending.first else { return }
            try perform(action, on: operation, body: body, &state, &wakeups)
        }
    }

    private func perform(
        _ action: SessionMachine.Action, on operation: Operation, body: Range<Int>,
        _ state: inout SessionState, _ wakeups: inout Wakeups
    ) throws(SessionFault) {
        switch action {
        case .parsed: operation.currentStatement(state.machine.statementIndex)?.isParsed = true
        case .parameterTypes:
            let types = try Self.parameterTypes(in: body, of: state.input)
            operation.currentStatement(state.machine.statementIndex)?.parameterTypes = types
        case .columns: try describe(operation, body, &state)
        case .noColumns: operation.currentStatement(state.machine.statementIndex)?.columns = RowColumns.none
        case .row: try take(rowIn: body, for: operation, &state, &wakeups)
        case .copyData: take(copyDataIn: body, for: operation, &state)
        case .copyIn(let response): begin(copyIn: response, operation, &state, &wakeups)
        case .copyOut(let response):
            operation.copyOut = response
            if !operation.treatment.takesCopyData { operation.error = .unexpectedCopyOut }
            note(.out, response, operation, &wakeups)
        case .completed(let command): try complete(operation, command, &state)
        case .suspended: try complete(operation, CommandTag(text: ""), &state)
        case .failed(let fields): failed(operation, fields, &state, &wakeups)
        case .finished: finish(operation, &state, &wakeups)
        default: break
        }
    }

    private static func parameterTypes(
        in body: Range<Int>, of input: borrowing InputBuffer
    ) throws(SessionFault) -> [UInt32] {
        do { return try ParameterDescription.types(input.bytes.extracting(body)) } catch {
            throw .malformed(error)
        }
    }

    private func describe(
        _ operation: Operation, _ body: Range<Int>, _ state: inout SessionState
    ) throws(SessionFault) {
        do {
            let fields = try FieldDescription.list(rowDescription: state.input.bytes.extracting(body))
            if let statement = operation.currentStatement(state.machine.statementIndex) {
                statement.columns = RowColumns(fields, format: .binary)
            } else {
                if operation.streamLimit != nil, !operation.results.isEmpty {
                    // A stream has one shape: the rows of a second statement are not mixed with those of the first.
                    operation.error = .severalStatements
                    operation.isAbandoned = true
                    operation.storage = nil
                }
                operation.columns = RowColumns(fields, format: fields.first?.format ?? .text)
            }
        } catch {
            throw .malformed(error)
        }
    }

    private func complete(
        _ operation: Operation, _ command: CommandTag, _ state: inout SessionState
    ) throws(SessionFault) {
        // The machine has gone on to the next statement; results are in order, so their number is the place.
        let index = operation.results.count
        let columns = operation.currentColumns(index) ?? .none
        guard index == 0 || !operation.treatment.isOneStatement else {
            throw .violation(ProtocolViolation(expected: "ReadyForQuery", received: .commandComplete))
        }
        try checkCount(of: operation, command, columns)
        noteChange(by: operation, index, command, &state)
        operation.complete(command, columns: columns)
        if operation.statements.isEmpty, operation.streamLimit == nil { operation.columns = nil }
    }

    /// The server counts the rows of a SELECT: one that was lost or doubled on the way shows here.
    private func checkCount(
        of operation: Operation, _ command: CommandTag, _ columns: RowColumns
    ) throws(SessionFault) {
        let received = operation.rowCount
        operation.rowCount = 0
        guard command.text.hasPrefix("SELECT "), let counted = command.rows, counted != received else {
            return
        }
        // CREATE TABLE AS counts rows that stay with the server.
        guard received > 0 || columns.count > 0 else { return }
        throw .violation(
            ProtocolViolation(expected: "as many rows as the server has counted", received: .commandComplete))
    }

    private func failed(
        _ operation: Operation, _ fields: DiagnosticFields, _ state: inout SessionState,
        _ wakeups: inout Wakeups
    ) {
        if !operation.isReleased {
            let mayHaveCommitted =
                operation.hasCommitted
                || state.machine.transactionStatus == .idle && operation.commitsByItself
            if PostgresClient.isDemotion(
                fields.sqlState, for: configuration.targetSession, state.parameters)
            {
                state.isDemoted = true
            }
            operation.error = .server(fields, mayHaveCommitted: mayHaveCommitted)
        }
        for statement in operation.statements where !statement.isParsed {
            state.statements.remove(statement, closesOnServer: false)
        }
        wakeups.add(operation.takeReady())
        if operation.isReset { fail(&state, .ended(by: fields), &wakeups) }
    }
}

extension Session {
    /// How many parameters of the server are kept; no server has as many.
    private static let maximumParameters = 1_000
}

func errorText(_ code: Int32) -> String { String(cString: strerror(code)) }

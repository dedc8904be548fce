internal import Locking
internal import PostgresProtocol

extension PostgresConnection {
    /// Copies rows into a table, in binary format, all or none.
    ///
    ///     try await connection.copyIn(into: "\(identifier: "facts")", columns: ["id", "content"]) { writer in
    ///         for fact in facts { try await writer.write(fact.id, fact.content) }
    ///     }
    ///
    /// Other calls on this connection wait until the COPY has ended. If `body` throws, the COPY is given up, no row of
    /// it stays, and the connection can be used again.
    ///
    /// - Parameters:
    ///   - table: The table's name, quoted by `\(identifier:)`; schema and name are two identifiers with a dot.
    ///   - columns: The columns in the order of the values.
    ///   - body: Writes the rows.
    /// - Returns: How many rows were copied.
    /// - Throws: What `body` throws, or the server's error if it refused the data.
    public func copyIn(
        into table: PostgresQuery, columns: [String], _ body: (PostgresCopyWriter) async throws -> Void
    ) async throws -> Int {
        let list = columns.map(PostgresQuery.quoted(identifier:)).joined(separator: ", ")
        let sql = "COPY \(table.sql) (\(list)) FROM STDIN (FORMAT binary)"
        let operation = try await start { () throws(PostgresError) in
            try session.submit(script: sql, closesGate: true)
        }
        defer { session.openGate() }
        await session.wait(for: operation, until: .copyIn)
        guard operation.copyIn != nil, operation.error == nil else {
            await session.wait(for: operation)
            throw operation.error ?? PostgresError.broken(.malformed(.lengthOutOfRange(0, offset: 0)))
        }
        do {
            let writer = PostgresCopyWriter(operation, columns: columns.count, on: session)
            try await body(writer)
            try await writer.finish()
        } catch {
            session.giveUp(copy: operation)
            await session.wait(for: operation)
            // The server's reason is better than our failure to write after it.
            if let refusal = operation.error, refusal.sqlState != "57014" { throw refusal }
            throw error
        }
        await session.wait(for: operation)
        return try rows(of: operation).last?.command.rows ?? 0
    }
}

extension Session {
    /// Sends data of a COPY, with a CopyDone at their end if `isLast`.
    ///
    /// Waits while too many of them have not left. Empties `buffer`.
    func send(
        copy buffer: inout ByteWriter, for operation: Operation, isLast: Bool = false
    ) async throws(PostgresError) {
        let wakeups = state.withLock { state in
            var wakeups = Wakeups()
            guard !operation.isDone, operation.error == nil else { return wakeups }
            state.output.append(bytes: buffer.bytes)
            if isLast { state.machine.sentCopyEnd() }
            flush(&state, &wakeups)
            state.watchesReads = true
            updateInterest(&state)
            return wakeups
        }
        wakeups.resume()
        buffer.removeAll()
        await wait(for: operation, until: .drained)
        if let error = operation.error { throw operation.isCancelled ? error.cancelled : error }
        if operation.isDone, operation.results.isEmpty { throw .closed }
    }

    /// Tells the server to drop the COPY.
    fileprivate func giveUp(copy operation: Operation) {
        let wakeups = state.withLock { state in
            var wakeups = Wakeups()
            guard !operation.isDone, operation.error == nil else { return wakeups }
            operation.isShielded = true
            state.output.appendCopyFail("the client gave the copy up")
            state.machine.sentCopyEnd()
            flush(&state, &wakeups)
            state.watchesReads = true
            updateInterest(&state)
            return wakeups
        }
        wakeups.resume()
    }

    fileprivate func openGate() {
        let wakeups = state.withLock { state in
            var wakeups = Wakeups()
            openGate(&state, &wakeups)
            return wakeups
        }
        wakeups.resume()
    }
}

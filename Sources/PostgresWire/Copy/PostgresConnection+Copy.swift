internal import Locking
internal import PostgresProtocol

extension PostgresConnection {
    /// Copies rows into a table, in binary format, all or none.
    ///
    ///     try await connection.copyIn(into: "\(identifier: "facts")", columns: ["id", "content"]) { writer in
    ///         for fact in facts { try await writer.write(fact.id, fact.content) }
    ///     }
    ///
    /// Other calls on this connection wait until the COPY has ended. The deadline of `table`, or else `queryTimeout`, is
    /// that of the whole COPY; the connection ends with it. If `body` throws, the COPY is given up, no row of
    /// it stays, and the connection can be used again.
    ///
    /// - Parameters:
    ///   - table: The table's name, quoted by `\(identifier:)`; schema and name are two identifiers with a dot.
    ///   - columns: The columns in the order of the values.
    ///   - file: The caller's file, for errors.
    ///   - line: The caller's line, for errors.
    ///   - body: Writes the rows.
    /// - Returns: How many rows were copied.
    /// - Throws: What `body` throws, or the server's error if it refused the data.
    @discardableResult
    public func copyIn(
        into table: PostgresQuery, columns: [String], file: StaticString = #fileID, line: UInt = #line,
        _ body: (PostgresCopyWriter) async throws -> Void
    ) async throws -> Int {
        let sql = "COPY \(Self.relation(table, columns)) FROM STDIN (FORMAT binary)"
        let treatment = treatment(timeout: table.timeout)
        return try await copyIn(sql, treatment, CallSite(file: file, line: line)) { operation in
            let writer = PostgresCopyWriter(operation, columns: columns.count, on: session)
            try await body(writer)
            try await writer.finish()
        }
    }

    /// Copies bytes in any of COPY's formats into a table, all rows or none.
    ///
    ///     try await connection.copyIn(into: "\(identifier: "facts")", format: .csv, options: "HEADER true") { writer in
    ///         for try await bytes in upload { try await writer.write(bytes: bytes) }
    ///     }
    ///
    /// Other calls on this connection wait until the COPY has ended. The deadline of `table`, or else `queryTimeout`, is
    /// that of the whole COPY; the connection ends with it. If `body` throws or its task is cancelled, the COPY
    /// is given up, no row of it stays, and the connection can be used again.
    ///
    /// - Parameters:
    ///   - table: The table's name, quoted by `\(identifier:)`; schema and name are two identifiers with a dot.
    ///   - columns: The columns that the data hold, in this order; all if empty.
    ///   - format: How the data are written.
    ///   - options: More options of COPY in SQL of your own, as `"HEADER true, DELIMITER ';'"`.
    ///   - file: The caller's file, for errors.
    ///   - line: The caller's line, for errors.
    ///   - body: Writes the data.
    /// - Returns: How many rows were copied.
    /// - Throws: What `body` throws, or the server's error if it refused the data.
    @discardableResult
    public func copyIn(
        into table: PostgresQuery, columns: [String] = [], format: PostgresCopyFormat,
        options: PostgresQuery = "", file: StaticString = #fileID, line: UInt = #line,
        _ body: (PostgresCopyByteWriter) async throws -> Void
    ) async throws -> Int {
        guard table.parameterCount == 0, options.parameterCount == 0 else {
            throw PostgresError.copyParameters.at(file, line)
        }
        let sql = "COPY \(Self.relation(table, columns)) FROM STDIN \(Self.options(format, options))"
        let treatment = treatment(timeout: table.timeout)
        return try await copyIn(sql, treatment, CallSite(file: file, line: line)) { operation in
            let writer = PostgresCopyByteWriter(operation, on: session)
            try await body(writer)
            try await writer.finish()
        }
    }

    private func copyIn(
        _ sql: String, _ treatment: Session.Treatment, _ site: CallSite,
        _ body: (Operation) async throws -> Void
    ) async throws -> Int {
        do {
            return try await copyIn(sql, treatment, body)
        } catch let error as PostgresError {
            throw error.at(site)
        }
    }

    private func copyIn(
        _ sql: String, _ treatment: Session.Treatment, _ body: (Operation) async throws -> Void
    ) async throws -> Int {
        var treatment = treatment
        treatment.closesGate = true
        treatment.isOneStatement = true
        let operation = try await start(.script(sql), treatment)
        defer { session.locked { state, wakeups in session.openGate(&state, &wakeups) } }
        await session.wait(for: operation, until: .copyIn)
        guard session.takesCopyData(operation) else {
            await session.wait(for: operation)
            throw operation.failure ?? .notACopy
        }
        do {
            try await body(operation)
        } catch {
            session.giveUp(copy: operation)
            await session.wait(for: operation)
            // The server's reason is better than our failure to write after it.
            if let refusal = operation.error, refusal.code == .server, refusal.sqlState != "57014" {
                throw refusal
            }
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
        locked { state, wakeups in
            guard !operation.isDone, operation.error == nil else { return }
            state.output.append(bytes: buffer.bytes)
            operation.treatment.observation?.sentBytes += buffer.count
            if isLast { state.machine.sentCopyEnd() }
            flush(&state, &wakeups)
            state.watchesReads = true
            updateInterest(&state, &wakeups)
        }
        buffer.removeAll()
        if !locked({ _, _ in operation.hasReached(.drained) }) {
            await wait(for: operation, until: .drained)
        }
        let failure = locked { _, _ in operation.failure ?? (operation.isDone && !isLast ? .closed : nil) }
        if let failure { throw failure }
        if !isLast, Task.isCancelled { throw .copyCancelled }
    }

    /// Whether the server waits for the data of a COPY.
    fileprivate func takesCopyData(_ operation: Operation) -> Bool {
        locked { _, _ in operation.copyIn != nil && operation.error == nil && !operation.isDone }
    }

    /// Tells the server to drop the COPY.
    fileprivate func giveUp(copy operation: Operation) {
        locked { state, wakeups in
            guard !operation.isDone, operation.error == nil else { return }
            operation.isShielded = true
            giveUp(operation, after: configuration.cancelGrace, evenIfShielded: true)
            state.output.appendCopyFail("the client gave the copy up")
            state.machine.sentCopyEnd()
            flush(&state, &wakeups)
            state.watchesReads = true
            updateInterest(&state, &wakeups)
        }
    }
}

internal import Locking
public import PostgresCodecs
public import PostgresProtocol

/// Running statements. Each costs one round trip, prepared or not; the statement is prepared on its first use.
///
/// If the task is cancelled, the server is asked to stop the statement and the call throws what the server answers,
/// so that the connection stays usable. Every error names the call that failed (`PostgresError.callSite`).
extension PostgresConnection {
    /// Runs a statement for what it does.
    ///
    /// - Returns: What it did, as `UPDATE 3`; `rows` is the number of affected rows.
    /// - Throws: The server's error (`server`), `encoding` or `invalidUse` before anything is sent, `cancelled`,
    ///   `timedOut`, `connectionClosed` or `connectionFailed`; `effect` says whether it may be tried again.
    @discardableResult
    public func execute(
        _ query: PostgresQuery, file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> CommandTag {
        try await collect(query, file: file, line: line).command
    }

    /// Runs a statement and returns all of its rows, which are kept in one piece of memory.
    ///
    /// - Throws: As `execute(_:file:line:)`.
    public func collect(
        _ query: PostgresQuery, file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> PostgresRows {
        try await perform([query], at: CallSite(file: file, line: line))[0]
    }

    /// Runs a statement and reads every row as a tuple.
    ///
    /// Up to twelve columns there is an overload for their number, which reads rows about twice as fast.
    ///
    /// - Throws: As `execute(_:file:line:)` and `PostgresRows.decode(_:file:line:)`.
    public func collect<each Column: PostgresDecodable>(
        _ query: PostgresQuery, as type: (repeat each Column).Type, file: StaticString = #fileID,
        line: UInt = #line
    ) async throws(PostgresError) -> [(repeat each Column)] {
        try await collect(query, file: file, line: line).decode(
            (repeat each Column).self, file: file, line: line)
    }

    /// Runs a statement that returns exactly one row.
    ///
    /// - Throws: `unexpectedResult` for no row or more than one; as `collect`.
    public func one<each Column: PostgresDecodable>(
        _ query: PostgresQuery, as type: (repeat each Column).Type, file: StaticString = #fileID,
        line: UInt = #line
    ) async throws(PostgresError) -> (repeat each Column) {
        let rows = try await collect(query, file: file, line: line)
        guard rows.count == 1 else {
            throw PostgresError.rowCount(rows.count, wanted: "exactly one").at(file, line)
        }
        return try rows[0].decode((repeat each Column).self, file: file, line: line)
    }

    /// Runs a statement that returns one row or none.
    ///
    /// - Throws: `unexpectedResult` for more than one row; as `collect`.
    public func optional<each Column: PostgresDecodable>(
        _ query: PostgresQuery, as type: (repeat each Column).Type, file: StaticString = #fileID,
        line: UInt = #line
    ) async throws(PostgresError) -> (repeat each Column)? {
        let rows = try await collect(query, file: file, line: line)
        guard rows.count <= 1 else {
            throw PostgresError.rowCount(rows.count, wanted: "one or none").at(file, line)
        }
        return try rows.first?.decode((repeat each Column).self, file: file, line: line)
    }

    /// Sends several statements at once and returns the rows of each, in order: one round trip.
    ///
    /// They are one transaction, unless one of them is a transaction command itself: if one fails, those behind it are
    /// not run and, outside of a transaction block, those before it are rolled back; the call throws its error.
    ///
    /// - Throws: As `execute(_:file:line:)`.
    public func batch(
        _ queries: [PostgresQuery], file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> [PostgresRows] {
        guard !queries.isEmpty else { return [] }
        return try await perform(queries, at: CallSite(file: file, line: line))
    }

    /// Runs SQL that may hold several statements, by the simple protocol, and returns a result for each.
    ///
    /// The statements are one transaction unless they say otherwise. Values come as text.
    ///
    /// - Throws: As `execute(_:file:line:)`; the effect is `unknown` if a COMMIT came before the error.
    public func script(
        _ sql: String, file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> [PostgresRows] {
        do throws(PostgresError) {
            let operation = try await start(.script(sql), treatment(timeout: nil))
            await session.wait(for: operation)
            return try rows(of: operation)
        } catch {
            throw error.at(file, line)
        }
    }

    /// Sends several statements at once, each with its own outcome: one round trip, one transaction for each.
    ///
    /// A statement that fails does not keep the others from running. One that a migration has made invalid is sent once
    /// more if all of them begin with `SELECT`, `VALUES` or `TABLE`; else its error is returned, and the next call works.
    ///
    /// - Throws: What keeps a statement from being sent; those before it are sent all the same.
    public func pipeline(
        _ queries: [PostgresQuery], file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> [Result<PostgresRows, PostgresError>] {
        var operations: [Operation] = []
        operations.reserveCapacity(queries.count)
        // Types are looked up first: a reply cannot come while the output is held.
        var queries = queries
        for index in queries.indices where queries[index].namesTypes {
            do { queries[index] = try await resolved(queries[index]) } catch { throw error.at(file, line) }
        }
        session.holdOutput()
        do {
            for query in queries {
                operations.append(try await start(.statements([query]), treatment(timeout: query.timeout)))
            }
        } catch {
            session.releaseOutput()
            throw error.at(file, line)
        }
        session.releaseOutput()
        var results: [Result<PostgresRows, PostgresError>] = []
        results.reserveCapacity(queries.count)
        var healed: [Int] = []
        for (index, operation) in operations.enumerated() {
            await session.wait(for: operation)
            let result = Result { () throws(PostgresError) in try rows(of: operation, statements: 1)[0] }
            if case .failure(let error) = result, session.heal(operation, after: error) {
                healed.append(index)
            }
            results.append(result.mapError { $0.at(file, line) })
        }
        // Those behind it have run: only among statements that read does the order not matter.
        guard !healed.isEmpty, queries.allSatisfy(\.reads) else { return results }
        for index in healed {
            do throws(PostgresError) {
                results[index] = .success(
                    try await perform([queries[index]], at: CallSite(file: file, line: line))[0])
            } catch {
                results[index] = .failure(error)
            }
        }
        return results
    }

    func treatment(timeout: Duration?) -> Session.Treatment {
        Session.Treatment(timeout: timeout ?? session.configuration.queryTimeout)
    }

    /// Sends a call, waiting at the gate until it can be sent.
    func start(
        _ request: Session.Request, _ treatment: Session.Treatment
    ) async throws(PostgresError) -> Operation {
        var treatment = treatment
        treatment.observation = session.observe(request)
        do throws(PostgresError) {
            guard treatment.isShielded || !Task.isCancelled else { throw .cancelledBeforeStart }
            let request = try await resolved(request)
            while true {
                switch try session.submit(request, treatment) {
                case .sent(let operation): return operation
                case .gated: await session.waitAtGate()
                }
            }
        } catch {
            treatment.observation?.refused(error)
            throw error
        }
    }

    /// Sends statements at once and waits for their results; `changesSession` tells what their SQL does not.
    func perform(
        _ queries: [PostgresQuery], at site: CallSite, changesSession: Bool = false
    ) async throws(PostgresError) -> [PostgresRows] {
        var treatment = treatment(timeout: queries.lazy.compactMap(\.timeout).max())
        treatment.changesSession = changesSession
        do throws(PostgresError) { return try await perform(queries, treatment) } catch {
            throw error.at(site)
        }
    }

    private func perform(
        _ queries: [PostgresQuery], _ treatment: Session.Treatment
    ) async throws(PostgresError) -> [PostgresRows] {
        var attempts = 0
        while true {
            let operation = try await start(.statements(queries), treatment)
            await session.wait(for: operation)
            attempts += 1
            do {
                return try rows(of: operation, statements: queries.count)
            } catch {
                let mayBeSentAgain = session.heal(operation, after: error)
                guard attempts < 2, mayBeSentAgain || forgetsTypes(of: queries, operation, after: error)
                else {
                    throw error
                }
            }
        }
    }

    /// The results of a call that was to hold this many statements.
    private func rows(of operation: Operation, statements: Int) throws(PostgresError) -> [PostgresRows] {
        let results = try rows(of: operation)
        guard results.count == statements else { throw .severalStatements }
        return results
    }

    func rows(of operation: Operation) throws(PostgresError) -> [PostgresRows] {
        if let error = operation.failure { throw error }
        return operation.results.map {
            PostgresRows(storage: $0.storage, columns: $0.columns, command: $0.command)
        }
    }
}

internal import Locking
public import PostgresCodecs
public import PostgresProtocol

/// Running statements. Each costs one round trip, prepared or not; the statement is prepared on its first use.
///
/// If the task is cancelled, the server is asked to stop the statement and the call throws what the server answers,
/// so that the connection stays usable.
extension PostgresConnection {
    /// Runs a statement for what it does.
    ///
    /// - Returns: What it did, as `UPDATE 3`; `rows` is the number of affected rows.
    @discardableResult
    public func execute(_ query: PostgresQuery) async throws(PostgresError) -> CommandTag {
        try await collect(query).command
    }

    /// Runs a statement and returns all of its rows, which are kept in one piece of memory.
    public func collect(_ query: PostgresQuery) async throws(PostgresError) -> PostgresRows {
        let results = try await perform([query])
        return results[0]
    }

    /// Runs a statement and reads every row as a tuple.
    public func collect<each Column: PostgresDecodable>(
        _ query: PostgresQuery, as type: (repeat each Column).Type
    ) async throws(PostgresError) -> [(repeat each Column)] {
        try await collect(query).decode((repeat each Column).self)
    }

    /// Runs a statement that returns exactly one row.
    ///
    /// - Throws: `unexpectedResult` for no row or more than one.
    public func one<each Column: PostgresDecodable>(
        _ query: PostgresQuery, as type: (repeat each Column).Type
    ) async throws(PostgresError) -> (repeat each Column) {
        let rows = try await collect(query)
        guard rows.count == 1 else { throw .rowCount(rows.count, wanted: "exactly one") }
        return try rows[0].decode((repeat each Column).self)
    }

    /// Runs a statement that returns one row or none.
    ///
    /// - Throws: `unexpectedResult` for more than one row.
    public func optional<each Column: PostgresDecodable>(
        _ query: PostgresQuery, as type: (repeat each Column).Type
    ) async throws(PostgresError) -> (repeat each Column)? {
        let rows = try await collect(query)
        guard rows.count <= 1 else { throw .rowCount(rows.count, wanted: "one or none") }
        return try rows.first?.decode((repeat each Column).self)
    }

    /// Sends several statements at once and returns the rows of each, in order: one round trip.
    ///
    /// They are one transaction, unless one of them is a transaction command itself: if one fails, those behind it are
    /// not run and, outside of a transaction block, those before it are rolled back; the call throws its error.
    public func batch(_ queries: [PostgresQuery]) async throws(PostgresError) -> [PostgresRows] {
        guard !queries.isEmpty else { return [] }
        return try await perform(queries)
    }

    /// Runs SQL that may hold several statements, by the simple protocol, and returns a result for each.
    ///
    /// The statements are one transaction unless they say otherwise. Values come as text.
    public func script(_ sql: String) async throws(PostgresError) -> [PostgresRows] {
        let operation = try await start(.script(sql), treatment(timeout: nil))
        await session.wait(for: operation)
        return try rows(of: operation)
    }

    /// Sends several statements at once, each with its own outcome: one round trip, one transaction for each.
    ///
    /// A statement that fails does not keep the others from running.
    public func pipeline(
        _ queries: [PostgresQuery]
    ) async throws(PostgresError) -> [Result<PostgresRows, PostgresError>] {
        var operations: [Operation] = []
        operations.reserveCapacity(queries.count)
        session.holdOutput()
        do {
            for query in queries {
                operations.append(try await start(.statements([query]), treatment(timeout: query.timeout)))
            }
        } catch {
            session.releaseOutput()
            throw error
        }
        session.releaseOutput()
        var results: [Result<PostgresRows, PostgresError>] = []
        results.reserveCapacity(queries.count)
        for operation in operations {
            await session.wait(for: operation)
            let result = Result { () throws(PostgresError) in try rows(of: operation, statements: 1)[0] }
            // Not sent again, since those behind it have run; the next call prepares it anew.
            if case .failure(let error) = result { _ = session.heal(operation, after: error) }
            results.append(result)
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
        guard treatment.isShielded || !Task.isCancelled else { throw .cancelledBeforeStart }
        while true {
            switch try session.submit(request, treatment) {
            case .sent(let operation): return operation
            case .gated: await session.waitAtGate()
            }
        }
    }

    private func perform(_ queries: [PostgresQuery]) async throws(PostgresError) -> [PostgresRows] {
        let treatment = treatment(timeout: queries.lazy.compactMap(\.timeout).max())
        var attempts = 0
        while true {
            let operation = try await start(.statements(queries), treatment)
            await session.wait(for: operation)
            attempts += 1
            do {
                return try rows(of: operation, statements: queries.count)
            } catch {
                guard attempts < 2, session.heal(operation, after: error) else { throw error }
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

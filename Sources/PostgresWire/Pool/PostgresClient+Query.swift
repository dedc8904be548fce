public import PostgresCodecs
public import PostgresProtocol

/// The verbs of a connection, each on a connection borrowed for the call. Costs and errors are those of the
/// connection's verbs, and those of `withConnection` for the loan.
extension PostgresClient {
    /// Runs a statement for what it does.
    @discardableResult
    public func execute(
        _ query: PostgresQuery, file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> CommandTag {
        try await collect(query, file: file, line: line).command
    }

    /// Runs a statement and returns all of its rows.
    public func collect(
        _ query: PostgresQuery, file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> PostgresRows {
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await lease.connection.collect(query, file: file, line: line)
    }

    /// Runs a statement and reads every row as a tuple.
    public func collect<each Column: PostgresDecodable>(
        _ query: PostgresQuery, as type: (repeat each Column).Type, file: StaticString = #fileID,
        line: UInt = #line
    ) async throws(PostgresError) -> [(repeat each Column)] {
        try await collect(query, file: file, line: line).decode(
            (repeat each Column).self, file: file, line: line)
    }

    /// Runs a statement that returns exactly one row.
    public func one<each Column: PostgresDecodable>(
        _ query: PostgresQuery, as type: (repeat each Column).Type, file: StaticString = #fileID,
        line: UInt = #line
    ) async throws(PostgresError) -> (repeat each Column) {
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await lease.connection.one(
            query, as: (repeat each Column).self, file: file, line: line)
    }

    /// Runs a statement that returns one row or none.
    public func optional<each Column: PostgresDecodable>(
        _ query: PostgresQuery, as type: (repeat each Column).Type, file: StaticString = #fileID,
        line: UInt = #line
    ) async throws(PostgresError) -> (repeat each Column)? {
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await lease.connection.optional(
            query, as: (repeat each Column).self, file: file, line: line)
    }

    /// Sends several statements at once and returns the rows of each: one round trip and one transaction.
    public func batch(
        _ queries: [PostgresQuery], file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> [PostgresRows] {
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await lease.connection.batch(queries, file: file, line: line)
    }

    /// Runs SQL that may hold several statements, by the simple protocol.
    public func script(
        _ sql: String, file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> [PostgresRows] {
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await lease.connection.script(sql, file: file, line: line)
    }

    /// Sends several statements at once, each with its own outcome: one round trip, one transaction for each.
    public func pipeline(
        _ queries: [PostgresQuery], file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> [Result<PostgresRows, PostgresError>] {
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await lease.connection.pipeline(queries, file: file, line: line)
    }
}

internal import PostgresCodecs

extension PostgresClient {
    /// Runs a statement and reads every row as a `Decodable` value, by the names of the columns.
    @_disfavoredOverload
    public func collect<Value: Decodable>(
        _ query: PostgresQuery, as type: Value.Type, naming: PostgresColumnNaming = .exact,
        file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> [Value] {
        try await collect(query, file: file, line: line).decode(
            Value.self, naming: naming, file: file, line: line)
    }

    /// Runs a statement that returns exactly one row and reads it as a `Decodable` value.
    @_disfavoredOverload
    public func one<Value: Decodable>(
        _ query: PostgresQuery, as type: Value.Type, naming: PostgresColumnNaming = .exact,
        file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> Value {
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await lease.connection.one(
            query, as: Value.self, naming: naming, file: file, line: line)
    }

    /// Runs a statement that returns one row or none and reads it as a `Decodable` value.
    @_disfavoredOverload
    public func optional<Value: Decodable>(
        _ query: PostgresQuery, as type: Value.Type, naming: PostgresColumnNaming = .exact,
        file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> Value? {
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await lease.connection.optional(
            query, as: Value.self, naming: naming, file: file, line: line)
    }

    /// Runs a statement and lends every row to `body` as it arrives, without a copy or an allocation for a row.
    ///
    /// - Returns: How many rows there were.
    /// - Throws: What `body` throws, unchanged.
    @discardableResult
    public func forEachRow(
        _ query: PostgresQuery, file: StaticString = #fileID, line: UInt = #line,
        _ body: (borrowing PostgresBorrowedRow) throws -> Void
    ) async throws -> Int {
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await lease.connection.forEachRow(query, file: file, line: line, body)
    }
}

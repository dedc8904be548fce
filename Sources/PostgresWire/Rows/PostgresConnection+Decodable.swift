internal import PostgresCodecs

/// Rows as `Decodable` values, by the names of the columns. A type that a cell can hold is read from the only column.
extension PostgresConnection {
    /// Runs a statement and reads every row as a `Decodable` value.
    ///
    ///     struct User: Decodable { let id: Int; let email: String?; let createdAt: Date }
    ///     let users = try await connection.collect("SELECT * FROM users", as: User.self, naming: .snakeCase)
    ///
    /// - Throws: As `collect(_:)` and `PostgresRow.decode(_:naming:)`.
    @_disfavoredOverload
    public func collect<Value: Decodable>(
        _ query: PostgresQuery, as type: Value.Type, naming: PostgresColumnNaming = .exact,
        file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> [Value] {
        try await collect(query, file: file, line: line).decode(
            Value.self, naming: naming, file: file, line: line)
    }

    /// Runs a statement that returns exactly one row and reads it as a `Decodable` value.
    ///
    /// - Throws: `unexpectedResult` for no row or more than one; as `collect`.
    @_disfavoredOverload
    public func one<Value: Decodable>(
        _ query: PostgresQuery, as type: Value.Type, naming: PostgresColumnNaming = .exact,
        file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> Value {
        let rows = try await collect(query, file: file, line: line)
        guard rows.count == 1 else {
            throw PostgresError.rowCount(rows.count, wanted: "exactly one").at(file, line)
        }
        return try rows[0].decode(Value.self, naming: naming, file: file, line: line)
    }

    /// Runs a statement that returns one row or none and reads it as a `Decodable` value.
    ///
    /// - Throws: `unexpectedResult` for more than one row; as `collect`.
    @_disfavoredOverload
    public func optional<Value: Decodable>(
        _ query: PostgresQuery, as type: Value.Type, naming: PostgresColumnNaming = .exact,
        file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> Value? {
        let rows = try await collect(query, file: file, line: line)
        guard rows.count <= 1 else {
            throw PostgresError.rowCount(rows.count, wanted: "one or none").at(file, line)
        }
        return try rows.first?.decode(Value.self, naming: naming, file: file, line: line)
    }

    /// Runs a statement and lends every row to `body` as it arrives, without a copy or an allocation for a row.
    ///
    ///     try await connection.forEachRow("SELECT id, embedding FROM facts") { row in
    ///         let id = try row.decode(Int.self, at: 0)
    ///         if let bytes = try row.bytes(at: 1) { index.add(id, bytes) }
    ///     }
    ///
    /// - Returns: How many rows there were.
    /// - Throws: What `body` throws, unchanged, which ends the reading: what is left is read and thrown away.
    @discardableResult
    public func forEachRow(
        _ query: PostgresQuery, file: StaticString = #fileID, line: UInt = #line,
        _ body: (borrowing PostgresBorrowedRow) throws -> Void
    ) async throws -> Int {
        let stream = try await self.query(query, file: file, line: line).stream
        var count = 0
        while let batch = try await stream.nextBatch() {
            try batch.forEachBorrowedRow(body)
            count += batch.count
        }
        return count
    }
}

/// Verbs that move many rows, each on a connection borrowed for as long as they move.
///
/// A stream gives its connection back after the last row, or when it is dropped; what is left is then read and thrown
/// away first. A stream that is kept and not read keeps its connection from others.
extension PostgresClient {
    /// Runs a statement and returns its rows as they arrive.
    ///
    ///     for try await row in try await client.query("SELECT id, name FROM users") {
    ///         let (id, name) = try row.decode((Int, String).self)
    ///     }
    ///
    /// - Throws: As `withConnection` and `PostgresConnection.query(_:file:line:)`.
    public func query(
        _ query: PostgresQuery, file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> PostgresRowSequence {
        let site = CallSite(file: file, line: line)
        let lease = StreamLease(try await acquire(at: site), of: self)
        return try await lease.connection.query(query, site, lease)
    }

    /// Copies rows into a table, in binary format, all or none.
    ///
    /// - Parameters: As of `PostgresConnection.copyIn(into:columns:file:line:_:)`.
    /// - Returns: How many rows were copied.
    /// - Throws: As `withConnection` and `PostgresConnection.copyIn(into:columns:file:line:_:)`.
    public func copyIn(
        into table: PostgresQuery, columns: [String], file: StaticString = #fileID, line: UInt = #line,
        _ body: (PostgresCopyWriter) async throws -> Void
    ) async throws -> Int {
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await lease.connection.copyIn(into: table, columns: columns, file: file, line: line, body)
    }

    /// Copies bytes in any of COPY's formats into a table, all rows or none.
    ///
    /// - Parameters: As of `PostgresConnection.copyIn(into:columns:format:options:file:line:_:)`.
    /// - Returns: How many rows were copied.
    /// - Throws: As `withConnection` and `PostgresConnection.copyIn(into:columns:format:options:file:line:_:)`.
    public func copyIn(
        into table: PostgresQuery, columns: [String] = [], format: PostgresCopyFormat,
        options: PostgresQuery = "", file: StaticString = #fileID, line: UInt = #line,
        _ body: (PostgresCopyByteWriter) async throws -> Void
    ) async throws -> Int {
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await lease.connection.copyIn(
            into: table, columns: columns, format: format, options: options, file: file, line: line, body)
    }

    /// Copies a table or the rows of a query to the client, as bytes.
    ///
    /// - Parameters: As of `PostgresConnection.copyOut(from:columns:format:options:file:line:)`.
    /// - Returns: The data as they arrive.
    /// - Throws: As `withConnection` and `PostgresConnection.copyOut(from:columns:format:options:file:line:)`.
    public func copyOut(
        from source: PostgresQuery, columns: [String] = [], format: PostgresCopyFormat = .text,
        options: PostgresQuery = "", file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> PostgresCopyOut {
        let site = CallSite(file: file, line: line)
        let lease = StreamLease(try await acquire(at: site), of: self)
        return try await lease.connection.copyOut(source, columns, format, options, site, lease)
    }

    /// Copies a table or the rows of a query to the client in binary format, as rows.
    ///
    /// - Parameters: As of `PostgresConnection.copyOutRows(from:columns:file:line:)`.
    /// - Returns: The rows as they arrive.
    /// - Throws: As `withConnection` and `PostgresConnection.copyOutRows(from:columns:file:line:)`.
    public func copyOutRows(
        from source: PostgresQuery, columns: [String] = [], file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> PostgresCopyRows {
        let site = CallSite(file: file, line: line)
        let lease = StreamLease(try await acquire(at: site), of: self)
        return try await lease.connection.copyOutRows(source, columns, site, lease)
    }
}

internal import PostgresProtocol

extension PostgresConnection {
    /// Copies a table or the rows of a query to the client, as bytes.
    ///
    ///     for try await chunk in try await connection.copyOut(from: "\(identifier: "facts")", format: .csv) {
    ///         chunk.withUnsafeBytes { file.append($0) }
    ///     }
    ///
    /// Returns when the first data have come, so that what is wrong with the statement is thrown here.
    ///
    /// - Parameters:
    ///   - source: The table's name, or a query in parentheses. The server takes no parameters here.
    ///   - columns: The columns wanted of a table, in this order; all if empty.
    ///   - format: How the data are written.
    ///   - options: More options of COPY in SQL of your own, as `"HEADER true, DELIMITER ';'"`.
    ///   - file: The caller's file, for errors.
    ///   - line: The caller's line, for errors.
    /// - Returns: The data in order; empty for an empty COPY.
    /// - Throws: `invalidUse` for a source with parameters, or the server's error.
    public func copyOut(
        from source: PostgresQuery, columns: [String] = [], format: PostgresCopyFormat = .text,
        options: PostgresQuery = "", file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> PostgresCopyOut {
        try await copyOut(source, columns, format, options, CallSite(file: file, line: line), nil)
    }

    /// The same on a connection that a pool lends to the data.
    func copyOut(
        _ source: PostgresQuery, _ columns: [String], _ format: PostgresCopyFormat, _ options: PostgresQuery,
        _ site: CallSite, _ lease: StreamLease?
    ) async throws(PostgresError) -> PostgresCopyOut {
        guard source.parameterCount == 0, options.parameterCount == 0 else {
            throw PostgresError.copyParameters.at(site)
        }
        let sql = "COPY \(Self.relation(source, columns)) TO STDOUT \(Self.options(format, options))"
        var treatment = treatment(timeout: source.timeout)
        treatment.streamLimit = PostgresRowSequence.bufferedBytes
        treatment.takesCopyData = true
        treatment.isOneStatement = true
        do throws(PostgresError) {
            let operation = try await start(.script(sql), treatment)
            let stream = CopyStream(operation, on: self, at: site, lease: lease)
            try await stream.begin()
            return PostgresCopyOut(stream: stream)
        } catch {
            throw error.at(site)
        }
    }

    /// Copies a table or the rows of a query to the client in binary format, as rows.
    ///
    ///     let rows = try await connection.copyOutRows(from: "(SELECT id, content FROM facts WHERE id > 7)")
    ///     for try await row in rows { print(try row.decode((Int, String).self)) }
    ///
    /// The server describes the columns in the same round trip. It is faster than a query for many rows.
    ///
    /// - Parameters:
    ///   - source: The table's name, or a query in parentheses. The server takes no parameters here.
    ///   - columns: The columns wanted, in this order; all if empty.
    ///   - file: The caller's file, for errors.
    ///   - line: The caller's line, for errors.
    /// - Returns: The rows in the order of the server.
    /// - Throws: `invalidUse` for a source with parameters, or the server's error.
    public func copyOutRows(
        from source: PostgresQuery, columns: [String] = [], file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> PostgresCopyRows {
        try await copyOutRows(source, columns, CallSite(file: file, line: line), nil)
    }

    /// The same on a connection that a pool lends to the rows.
    func copyOutRows(
        _ source: PostgresQuery, _ columns: [String], _ site: CallSite, _ lease: StreamLease?
    ) async throws(PostgresError) -> PostgresCopyRows {
        do throws(PostgresError) { return try await beginRows(source, columns, site, lease) } catch {
            throw error.at(site)
        }
    }

    private func beginRows(
        _ source: PostgresQuery, _ columns: [String], _ site: CallSite, _ lease: StreamLease?
    ) async throws(PostgresError) -> PostgresCopyRows {
        guard source.parameterCount == 0 else { throw .copyParameters }
        let list = columns.isEmpty ? "*" : Self.list(columns)
        let select = "SELECT \(list) FROM \(source.sql) AS copied"
        // One implicit transaction: nobody changes the columns between the two.
        let statements = [
            PostgresQuery(select + " LIMIT 0", []),
            PostgresQuery("COPY (" + select + ") TO STDOUT (FORMAT binary)", []),
        ]
        var treatment = treatment(timeout: source.timeout)
        treatment.streamLimit = PostgresRowSequence.bufferedBytes
        treatment.takesCopyData = true
        var attempts = 0
        while true {
            let operation = try await start(.statements(statements), treatment)
            let stream = CopyStream(operation, on: self, at: site, lease: lease)
            attempts += 1
            do throws(PostgresError) {
                try await stream.begin()
                guard let columns = stream.columns?.inBinary else { throw .notACopyOut }
                return PostgresCopyRows(stream: CopyRowStream(stream, columns: columns))
            } catch {
                guard attempts < 2, stream.mayTryAgain(after: error) else { throw error }
            }
        }
    }

    static func list(_ columns: [String]) -> String {
        columns.map(PostgresQuery.quoted(identifier:)).joined(separator: ", ")
    }

    static func relation(_ name: PostgresQuery, _ columns: [String]) -> String {
        columns.isEmpty ? name.sql : "\(name.sql) (\(list(columns)))"
    }

    static func options(_ format: PostgresCopyFormat, _ more: PostgresQuery) -> String {
        more.sql.isEmpty ? "(FORMAT \(format.rawValue))" : "(FORMAT \(format.rawValue), \(more.sql))"
    }
}

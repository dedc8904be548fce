internal import PostgresCodecs

/// Settings for the rest of a transaction.
extension PostgresConnection {
    /// Sets a parameter until the transaction ends, as SET LOCAL does.
    ///
    /// The name and the value are parameters of the statement, so that both may come from outside. Cost: one round trip.
    ///
    /// - Parameters:
    ///   - name: The parameter, as `work_mem` or `app.tenant`.
    ///   - value: Its value in the form of SET.
    ///   - file: The caller's file, for errors.
    ///   - line: The caller's line, for errors.
    /// - Throws: `invalidUse` outside of a transaction, before anything is sent; the server's error 42704 for a parameter
    ///   that does not exist, 22023 for a value it does not take.
    ///
    /// Source: PostgreSQL 18 manual, "Configuration Settings Functions", `set_config`.
    public func setLocal(
        _ name: String, to value: String, file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) {
        try await setLocal([name: value], file: file, line: line)
    }

    /// Sets several parameters until the transaction ends, in this order and one round trip.
    ///
    ///     try await connection.setLocal(["app.tenant": tenant, "statement_timeout": "5s"])
    ///
    /// - Parameters:
    ///   - settings: Names and values; nothing is sent if there are none.
    ///   - file: The caller's file, for errors.
    ///   - line: The caller's line, for errors.
    /// - Throws: As `setLocal(_:to:file:line:)`; none of them is set then, since the transaction has failed.
    ///
    /// Source: PostgreSQL 18 manual, "Configuration Settings Functions", `set_config`.
    public func setLocal(
        _ settings: KeyValuePairs<String, String>, file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) {
        guard transactionStatus != .idle else { throw PostgresError.localOutsideTransaction.at(file, line) }
        guard !settings.isEmpty else { return }
        let query: PostgresQuery = """
            SELECT pg_catalog.set_config(name, value, true) \
            FROM unnest(\(settings.map(\.key)), \(settings.map(\.value))) AS setting (name, value)
            """
        try await execute(query, file: file, line: line)
    }
}

extension PostgresError {
    fileprivate static let localOutsideTransaction = PostgresError(
        .invalidUse, effect: .none,
        reason:
            "a setting for the rest of a transaction was asked for outside of one, where it would be lost."
            + " Begin a transaction first")
}

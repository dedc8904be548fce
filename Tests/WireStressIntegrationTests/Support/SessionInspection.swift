import PostgresWire

/// What a borrower finds in a session.
struct SessionInspection: Sendable {
    let process: Int32
    let status: String
    let workMemory: String
    private let texts: [String: String]

    /// Looks at everything that a session can keep.
    static func of(_ connection: PostgresConnection) async throws -> SessionInspection {
        let status = "\(connection.transactionStatus)"
        let row = try await connection.collect(
            """
            SELECT pg_backend_pid() AS process, current_setting('work_mem') AS memory,
                concat_ws(' ', current_setting('TimeZone'), current_setting('search_path'),
                    current_setting('default_transaction_isolation'), current_setting('role'),
                    current_setting('transaction_isolation')) AS settings,
                current_user || ' ' || session_user AS users,
                (SELECT string_agg(relname, ' ') FROM pg_class WHERE relname = 'mine')
                    AS tables,
                (SELECT string_agg(proname, ' ') FROM pg_proc WHERE proname = 'mine') AS functions,
                (SELECT string_agg(c, ' ') FROM pg_listening_channels() c) AS channels,
                (SELECT string_agg(name, ' ') FROM pg_prepared_statements WHERE from_sql) AS prepared,
                (SELECT string_agg(objid::text, ' ') FROM pg_locks
                    WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks,
                (SELECT string_agg(name, ' ') FROM pg_cursors WHERE is_holdable) AS cursors
            """)[0]
        var texts: [String: String] = [:]
        for name in [
            "settings", "users", "tables", "functions", "channels", "prepared", "locks", "cursors",
        ] {
            texts[name] = try row.decode(String?.self, named: name) ?? "none"
        }
        // Last, since it is an error where the session is as new.
        let last = await errorOf { _ = try await connection.one("SELECT lastval()", as: Int.self) }
        texts["lastval"] = last?.sqlState ?? "a number"
        return SessionInspection(
            process: try row.decode(Int32.self, named: "process"), status: status,
            workMemory: try row.decode(String.self, named: "memory"), texts: texts)
    }

    /// What is not as in a session that nobody has touched.
    func differences(from clean: SessionInspection) -> [String] {
        var found: [String] = []
        if status != clean.status { found.append("the transaction is \(status)") }
        if workMemory != clean.workMemory { found.append("work_mem is \(workMemory)") }
        for (name, text) in texts where clean.texts[name] != text { found.append("\(name): \(text)") }
        return found.sorted()
    }
}

#if CLI
import PostgresWire

extension ServerFacts {
    private static let settingNames = [
        "server_version_num", "fsync", "full_page_writes", "synchronous_commit", "autovacuum",
        "max_connections",
        "superuser_reserved_connections", "reserved_connections", "statement_timeout", "lock_timeout",
        "idle_in_transaction_session_timeout", "idle_session_timeout", "TimeZone", "password_encryption",
        "default_transaction_read_only", "row_security",
    ]

    private static let identity: PostgresQuery = """
        SELECT pg_backend_pid(), current_user::text, current_database()::text, r.rolsuper,
            r.rolsuper OR r.rolbypassrls, pg_is_in_recovery(), pg_encoding_to_char(d.encoding)::text
        FROM pg_roles AS r, pg_database AS d WHERE r.rolname = current_user AND d.datname = current_database()
        """

    /// Since PostgreSQL 15.
    private static let collation: PostgresQuery = """
        SELECT datcollversion <> pg_database_collation_actual_version(oid) FROM pg_database
        WHERE datname = current_database() AND datcollversion IS NOT NULL
        """

    private static let activity: PostgresQuery = """
        SELECT count(*) FILTER (WHERE backend_type = 'client backend'),
            count(*) FILTER (WHERE state LIKE 'idle in transaction%' AND state_change < now() - interval '5 min'),
            (SELECT max(age(datfrozenxid))::int8 FROM pg_database)
        FROM pg_stat_activity
        """

    private static func vectors(_ schema: String) -> PostgresQuery {
        """
        SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod),
            coalesce(bool_or(i.indisvalid), false),
            min(i.indexrelid::regclass::text) FILTER (WHERE NOT i.indisvalid)
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = \(schema)
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type AS t ON t.oid = a.atttypid AND t.typname IN ('vector', 'halfvec')
        LEFT JOIN (pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid
            JOIN pg_am AS m ON m.oid = x.relam AND m.amname = 'hnsw') ON i.indrelid = c.oid
        WHERE c.relkind IN ('r', 'p')
        GROUP BY 1, 2, 3 ORDER BY 1, 2
        """
    }

    /// Asks the server, all at once; what it does not tell us stays open.
    static func load(_ connection: PostgresConnection, schema: String) async throws -> ServerFacts {
        let answers = try await connection.pipeline([
            "SELECT name, setting FROM pg_settings WHERE name = ANY (\(settingNames))", identity, collation,
            activity, "SELECT extname::text, extversion FROM pg_extension ORDER BY 1",
            "SELECT default_version FROM pg_available_extensions WHERE name = 'vector'", vectors(schema),
        ])
        var facts = ServerFacts()
        for (name, value) in try answers[0].get().decode((String, String).self) {
            facts.settings[name] = value
        }
        if let row = try? answers[1].get().first?.decode(
            (Int32, String, String, Bool, Bool, Bool, String).self)
        {
            (facts.backendProcessID, facts.role, facts.database) = (row.0, row.1, row.2)
            (facts.isSuperuser, facts.isAboveRowSecurity) = (row.3, row.4)
            (facts.isStandby, facts.encoding) = (row.5, row.6)
        }
        facts.hasChangedCollation = (try? answers[2].get().first?.decode(Bool?.self, at: 0)) ?? false
        if let row = try? answers[3].get().first?.decode((Int, Int, Int?).self) {
            (facts.sessions, facts.forgottenTransactions, facts.transactionAge) = (row.0, row.1, row.2 ?? 0)
        }
        facts.extensions = try answers[4].get().decode((String, String).self).map { ($0.0, $0.1) }
        facts.availableVector = try? answers[5].get().first?.decode(String.self, at: 0)
        let columns = (try? answers[6].get().decode((String, String, String, Bool, String?).self)) ?? []
        facts.vectorColumns = columns.map {
            VectorColumn(table: $0.0, column: $0.1, type: $0.2, hasIndex: $0.3, brokenIndex: $0.4)
        }
        return facts
    }
}
#endif

import PostgresWire

/// The ledger table and its statements.
struct MigrationLedger: Sendable {
    let schema: String
    let table: String

    private var name: PostgresQuery { "\(identifier: schema).\(identifier: table)" }

    /// Whether the table exists; works inside a transaction, where asking a missing table would abort it.
    func exists(_ connection: PostgresConnection) async throws(PostgresError) -> Bool {
        try await connection.one(
            "SELECT to_regclass(quote_ident(\(schema)) || '.' || quote_ident(\(table))) IS NOT NULL",
            as: Bool.self)
    }

    /// Creates schema and table where missing.
    ///
    /// The caller holds the advisory lock, or two creators would collide.
    func create(_ connection: PostgresConnection) async throws(PostgresError) {
        // IF NOT EXISTS would ask for the right to create even where there is nothing to do.
        let hasSchema = try await connection.one(
            "SELECT to_regnamespace(quote_ident(\(schema))) IS NOT NULL", as: Bool.self)
        if !hasSchema { try await connection.execute("CREATE SCHEMA \(identifier: schema)") }
        guard try await !exists(connection) else { return }
        try await connection.execute(
            """
            CREATE TABLE \(name) (
                version integer PRIMARY KEY,
                name text NOT NULL,
                checksum text NOT NULL,
                state text NOT NULL,
                position integer NOT NULL,
                parameters jsonb NOT NULL DEFAULT '{}',
                note text,
                duration_ms integer,
                applied_by text NOT NULL DEFAULT current_user,
                applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
            )
            """)
    }

    /// All rows by version.
    func entries(_ connection: PostgresConnection) async throws -> [LedgerEntry] {
        let rows = try await connection.collect(
            """
            SELECT version, name, checksum, state, position, COALESCE((
                SELECT string_agg(key || '=' || value, ',') FROM jsonb_each_text(parameters)), '')
            FROM \(name) ORDER BY version
            """, as: (Int, String, String, String, Int, String).self)
        return try rows.map { version, name, checksum, state, position, parameters in
            guard let state = LedgerEntry.State(rawValue: state) else {
                throw MigrationError.unknownMigration(version: version, name: name)
            }
            return LedgerEntry(
                version: version, name: name, checksum: checksum, state: state, position: position,
                parameters: Self.integers(parameters))
        }
    }

    /// Those of the named extensions that are installed or could be.
    func available(_ names: [String], on connection: PostgresConnection) async throws(PostgresError)
        -> [String]
    {
        try await connection.collect(
            "SELECT name::text FROM pg_available_extensions WHERE name = ANY(\(names)::text[])",
            as: String.self)
    }

    /// Writes or replaces the row of one migration, at the next position.
    func record(
        _ migration: Migration, as state: LedgerEntry.State, parameters: [String: Int], note: String?,
        duration: Duration?, on connection: PostgresConnection
    ) async throws(PostgresError) {
        let keys = parameters.keys.sorted()
        let values = keys.map { String(parameters[$0] ?? 0) }
        let milliseconds = duration.map { Int32(clamping: Int64($0 / .milliseconds(1))) }
        try await connection.execute(
            """
            INSERT INTO \(name) (version, name, checksum, state, position, parameters, note, duration_ms)
            VALUES (\(Int32(clamping: migration.version)), \(migration.name), \(migration.checksum),
                \(state.rawValue), (SELECT COALESCE(max(position), 0) + 1 FROM \(name)),
                jsonb_object(\(keys)::text[], \(values)::text[]), \(note), \(milliseconds))
            ON CONFLICT (version) DO UPDATE SET
                name = excluded.name, checksum = excluded.checksum, state = excluded.state,
                position = excluded.position, parameters = excluded.parameters, note = excluded.note,
                duration_ms = excluded.duration_ms, applied_by = excluded.applied_by,
                applied_at = excluded.applied_at
            """)
    }

    private static func integers(_ list: String) -> [String: Int] {
        var values: [String: Int] = [:]
        for pair in list.split(separator: ",") {
            let halves = pair.split(separator: "=", maxSplits: 1)
            if halves.count == 2, let value = Int(halves[1]) { values[String(halves[0])] = value }
        }
        return values
    }
}

import PostgresMigrator
import PostgresWire
import TestSupport

extension TestDatabase {
    /// All objects of a schema.
    func catalog(of schema: String = "public") async throws -> [CatalogEntry] {
        try await client.withTransaction { try await CatalogSnapshot.entries(of: schema, on: $0) }
    }

    /// The ledger as `version state` lines.
    func ledger(_ schema: String = "public", _ table: String = "orchestrator_migrations") async throws
        -> [String]
    {
        try await client.collect(
            """
            SELECT version || ' ' || state FROM \(identifier: schema).\(identifier: table) ORDER BY version
            """, as: String.self)
    }

    /// How many tables a schema has.
    func tableCount(_ schema: String = "public") async throws -> Int {
        try await client.one(
            "SELECT count(*)::int FROM pg_tables WHERE schemaname = \(schema)", as: Int.self)
    }
}

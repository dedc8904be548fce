import PostgresProtocol
import PostgresWire
import TestSupport
import Testing

/// Every relation of the server's own catalogs, read in binary form with our text and as the server's text.
@Suite struct CatalogIntegrationTests {
    /// Views that show what happens right now, so that no two looks at them agree.
    private static let volatile: Set = [
        "pg_catalog.pg_aios", "pg_catalog.pg_backend_memory_contexts", "pg_catalog.pg_cursors",
        "pg_catalog.pg_locks", "pg_catalog.pg_prepared_statements", "pg_catalog.pg_replication_slots",
        "pg_catalog.pg_shmem_allocations", "pg_catalog.pg_shmem_allocations_numa",
    ]

    /// Of the statistics only those of the planner stand still.
    private static func isVolatile(_ relation: String) -> Bool {
        volatile.contains(relation) || relation.hasPrefix("pg_catalog.pg_stat_")
            || relation.hasPrefix("pg_catalog.pg_statio_")
    }

    private struct Content {
        var rows: [[String?]]
        var binaryTypes: Set<String>
    }

    private func content(
        of relation: String, _ wire: PostgresFormat, _ types: ResultTypes, _ connection: PostgresConnection
    ) async throws -> Content {
        var query: PostgresQuery = "TABLE \(raw: relation)"
        let columns = try await connection.describe(query).columns.map { PostgresOID(rawValue: $0.typeOID) }
        query.resultFormats = columns.map { wire == .binary && types.form.knows($0) ? .binary : .text }
        let rows = try await connection.collect(query).map { row in try row.texts(types.form) }
        let binary = zip(columns, query.resultFormats).filter { $0.1 == .binary }
        return Content(rows: rows, binaryTypes: Set(binary.map { types.name(of: $0.0) }))
    }

    /// Rows in an order of their own, for a relation that has none.
    private func sorted(_ rows: [[String?]]) -> [String] {
        rows.map { $0.map { $0.map { "'\($0)'" } ?? "NULL" }.joined(separator: ",") }.sorted()
    }

    @Test func `a result whose columns differ in form is read as text and not as numbers`() async throws {
        let url = try await TestServer.url()
        let connection = try await PostgresConnection.connect(try PostgresConfiguration(url: url))
        defer { connection.close() }
        var query: PostgresQuery = "SELECT 1::int4, 2::int4"
        query.resultFormats = [.text, .binary]
        let row = try #require(try await connection.collect(query).first)
        #expect(try row.texts(PostgresTextForm()) == ["1", "2"])
        do {
            _ = try row.decode((Int32, Int32).self)
            Issue.record("bytes in binary form were read as text")
        } catch {
            #expect(error.code == .decoding)
        }
    }

    @Test func `both wires agree about every relation of both catalogs`() async throws {
        try await TestServer.withDatabase(.migrated) { database in
            let connection = try await PostgresConnection.connect(database.configuration)
            defer { connection.close() }
            _ = try await connection.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            let relations = try await connection.collect(
                """
                SELECT nspname || '.' || quote_ident(relname) FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
                WHERE nspname IN ('pg_catalog', 'information_schema') AND relkind IN ('r', 'v') ORDER BY 1
                """, as: String.self)
            let known = try await ResultTypes.load(for: [], on: connection)
            var compared = 0
            var cells = 0
            var types: Set<String> = []
            for relation in relations where !Self.isVolatile(relation) {
                let binary = try await content(of: relation, .binary, known, connection)
                let text = try await content(of: relation, .text, known, connection)
                #expect(text.binaryTypes.isEmpty)
                if binary.rows != text.rows {
                    let differing = Set(sorted(binary.rows)).symmetricDifference(sorted(text.rows))
                    #expect(differing.isEmpty, "\(relation): \(differing.sorted().prefix(4))")
                }
                compared += 1
                cells += binary.rows.reduce(0) { $0 + $1.count }
                types.formUnion(binary.binaryTypes)
            }
            #expect(compared > 140)
            #expect(cells > 100_000)
            #expect(
                types.isSuperset(of: [
                    "bool", "float4", "int2", "int2vector", "int4", "int8", "name", "oid", "oidvector",
                    "text",
                    "timestamptz", "_text", "_name", "_oid", "varchar",
                ]), "\(types.sorted())")
        }
    }
}

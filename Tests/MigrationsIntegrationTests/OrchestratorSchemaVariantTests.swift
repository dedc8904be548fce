import OrchestratorMigrations
import PostgresMigrator
import PostgresWire
import TestSupport
import Testing

@Suite struct OrchestratorSchemaVariantTests {
    @Test func `without memory, and memory later`() async throws {
        try await TestServer.withDatabase { database in
            let half = try OrchestratorSchema(
                database.client, options: OrchestratorSchemaOptions(includesMemory: false))
            let report = try await half.apply()
            #expect(report.applied == [2, 3, 4, 7, 9, 13, 11, 12])
            #expect(report.skipped == [1, 5, 6, 8, 10])
            #expect(
                try await database.client.one(
                    "SELECT to_regclass('embeddings') IS NULL AND to_regclass('memory_facts') IS NULL",
                    as: Bool.self))
            #expect(
                try await database.client.one(
                    "SELECT count(*)::int FROM pg_extension WHERE extname = 'vector'", as: Int.self) == 0)
            try await half.requireCurrent()
            #expect(try await half.verify().isMatch)

            let whole = try OrchestratorSchema(database.client)
            let older = await #expect(throws: MigrationError.self) { try await whole.requireCurrent() }
            guard case .olderThanThisProgram? = older else {
                Issue.record("memory is missing, and nobody says so: \(String(describing: older))")
                return
            }
            #expect(try await whole.apply().applied == [1, 5, 6, 8, 10, 11, 12])
            try await whole.requireCurrent()
            try await half.requireCurrent()
            let fixture = try SchemaFixture.read().entries.filter { $0.kind != "policy" }
            #expect(CatalogComparison(expected: fixture, found: try await database.catalog()).isMatch)
        }
    }

    @Test func `eight programs that start at once migrate it once`() async throws {
        try await TestServer.withDatabase { database in
            let reports = try await withThrowingTaskGroup(of: MigrationReport.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let client = database.anotherClient()
                        let report = try await OrchestratorSchema(client).apply()
                        await client.shutdown()
                        return report
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(reports.count == 8)
            #expect(reports.flatMap(\.applied).sorted() == Array(1...13))
            #expect(try await OrchestratorSchema(database.client).verify().isMatch)
        }
    }

    @Test func `a schema of its own, beside another one`() async throws {
        try await TestServer.withDatabase { database in
            let own = try OrchestratorSchema(
                database.client,
                options: OrchestratorSchemaOptions(schema: "Team \"A\"", embeddingDimensions: 3))
            let other = try OrchestratorSchema(
                database.client, options: OrchestratorSchemaOptions(schema: "b", embeddingDimensions: 4))
            try await own.apply()
            try await other.apply()
            #expect(try await database.tableCount() == 0)
            #expect(try await own.verify().isMatch)
            #expect(try await other.verify().isMatch)
            #expect(try await own.recordedEmbeddingDimensions() == 3)
            let expected = try SchemaFixture.read().entries.filter {
                $0.kind == "constraint" || $0.kind == "index"
            }
            let found = try await database.catalog(of: "Team \"A\"")
            #expect(CatalogComparison(expected: expected, found: found).isMatch)
        }
    }

    @Test func `384 dimensions are recorded, kept and checked`() async throws {
        try await TestServer.withDatabase { database in
            let small = try OrchestratorSchema(
                database.client, options: OrchestratorSchemaOptions(embeddingDimensions: 384))
            try await small.apply()
            #expect(try await small.recordedEmbeddingDimensions() == 384)
            #expect(
                try await database.catalog().contains(
                    CatalogEntry(
                        kind: "column", object: "memory_facts.embedding", definition: "vector(384) STORAGE e")
                ))
            let silent = try OrchestratorSchema(database.client)
            #expect(try await silent.apply().isNoOp)
            try await silent.requireCurrent()
            let large = try OrchestratorSchema(
                database.client, options: OrchestratorSchemaOptions(embeddingDimensions: 1536))
            let error = await #expect(throws: MigrationError.self) { try await large.requireCurrent() }
            guard case .parameterDiffers("embedding_dimensions", 384, 1536)? = error else {
                Issue.record("not the error for other dimensions: \(String(describing: error))")
                return
            }
            try await database.client.execute("DROP INDEX idx_memory_facts_embedding")
            try await database.client.execute("ALTER TABLE memory_facts ALTER embedding TYPE vector(5)")
            let changed = await #expect(throws: MigrationError.self) { try await silent.requireCurrent() }
            guard case .catalogDiffers? = changed else {
                Issue.record("not the error for a changed column: \(String(describing: changed))")
                return
            }
        }
    }

    @Test func `2,500 dimensions are indexed as halfvec and found`() async throws {
        try await TestServer.withDatabase { database in
            let schema = try OrchestratorSchema(
                database.client, options: OrchestratorSchemaOptions(embeddingDimensions: 2500))
            try await schema.apply()
            let index = try await database.catalog().first {
                $0.object == "memory_facts.idx_memory_facts_embedding"
            }
            #expect(
                index?.definition == """
                    CREATE INDEX idx_memory_facts_embedding ON memory_facts \
                    USING hnsw (((embedding)::halfvec(2500)) halfvec_cosine_ops)
                    """)
            #expect(try await schema.verify().isMatch)
        }
    }

    @Test(arguments: [0, -1, 4001])
    func `dimensions that cannot be indexed are refused`(dimensions: Int) async throws {
        try await TestServer.withDatabase { database in
            let error = #expect(throws: MigrationError.self) {
                try OrchestratorSchema(
                    database.client, options: OrchestratorSchemaOptions(embeddingDimensions: dimensions))
            }
            guard case .invalid? = error else {
                Issue.record("not the error for wrong options: \(String(describing: error))")
                return
            }
        }
    }
}

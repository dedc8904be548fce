import OrchestratorMigrations
import PostgresMigrator
import PostgresWire
import TestSupport
import Testing

@Suite struct OrchestratorSchemaStartTests {
    @Test func `a fresh database is not migrated`() async throws {
        try await TestServer.withDatabase { database in
            let schema = try OrchestratorSchema(database.client)
            let error = await #expect(throws: MigrationError.self) { try await schema.requireCurrent() }
            #expect(
                error?.description == """
                    Schema public of the database has not been migrated. \
                    Run the migrations (migrate apply), then start again.
                    """)
        }
    }

    @Test func `a database of a newer program is refused`() async throws {
        try await TestServer.withDatabase { database in
            let schema = try OrchestratorSchema(database.client)
            try await schema.apply()
            try await database.client.execute(
                """
                INSERT INTO orchestrator_migrations (version, name, checksum, state, position)
                VALUES (14, 'later', 'x', 'applied', 99)
                """)
            let started = await #expect(throws: MigrationError.self) { try await schema.requireCurrent() }
            let applied = await #expect(throws: MigrationError.self) { try await schema.apply() }
            let text = """
                The database is at migration 14, this program knows only 13. Start a newer version of the program.
                """
            #expect(started?.description == text)
            #expect(applied?.description == text)
        }
    }

    @Test func `a database of an older program is named with what is pending`() async throws {
        try await TestServer.withDatabase { database in
            let older = try Migrator(
                database.client, migrations: Array(OrchestratorSchema.migrations.prefix(9)),
                options: MigratorOptions(
                    ledgerTable: "orchestrator_migrations", parameters: ["embedding_dimensions": .integer(8)])
            )
            try await older.apply()
            let schema = try OrchestratorSchema(database.client)
            let error = await #expect(throws: MigrationError.self) { try await schema.requireCurrent() }
            #expect(
                error?.sentence == """
                    The database is at migration 9, this program needs 13; \
                    pending: 0010_memory_additions, 0013_tenant_keys, 0011_app_role, 0012_admin_role.
                    """)
            #expect(try await schema.apply().applied == [10, 13, 11, 12])
            try await schema.requireCurrent()
        }
    }

    @Test func `a changed text is refused`() async throws {
        try await TestServer.withDatabase { database in
            let schema = try OrchestratorSchema(database.client)
            try await schema.apply()
            try await database.client.execute(
                "UPDATE orchestrator_migrations SET checksum = 'before' WHERE version = 3")
            let error = await #expect(throws: MigrationError.self) { try await schema.apply() }
            guard case .checksumChanged(3, "workflow")? = error else {
                Issue.record("not the error for a changed text: \(String(describing: error))")
                return
            }
        }
    }

    @Test func `an ordinary owner gets everything but the roles it may not make`() async throws {
        try await TestServer.withDatabase(ordinaryOwner: true) { database in
            let schema = try OrchestratorSchema(database.client)
            let report = try await schema.apply()
            #expect(report.applied.prefix(10) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
            #expect((report.applied + report.refused.keys).sorted() == Array(1...13))
            try await schema.requireCurrent()
            #expect(try await schema.verify().isMatch)
        }
    }

    @Test func `verify names what is missing and changed, and lets additions be`() async throws {
        try await TestServer.withDatabase { database in
            let schema = try OrchestratorSchema(
                database.client, options: OrchestratorSchemaOptions(embeddingDimensions: 8))
            try await schema.apply()
            #expect(try await schema.verify() == CatalogComparison(expected: [], found: []))
            try await database.client.execute("CREATE INDEX mine ON agents (model)")
            try await database.client.execute("DROP INDEX idx_workflow_jobs_run_id")
            try await database.client.execute("ALTER TABLE agents ALTER max_steps SET DEFAULT 11")
            try await database.client.execute("ALTER TABLE agents NO FORCE ROW LEVEL SECURITY")
            let comparison = try await schema.verify()
            #expect(comparison.missing.map(\.object) == ["workflow_jobs.idx_workflow_jobs_run_id"])
            #expect(comparison.changed.map(\.found.object) == ["agents.max_steps", "agents"])
            #expect(comparison.extra.map(\.object) == ["agents.mine"])
            let left = try await database.client.one(
                "SELECT count(*)::int FROM pg_namespace WHERE nspname LIKE 'migrator_verify_%'", as: Int.self)
            #expect(left == 0)
        }
    }
}

import OrchestratorMigrations
import PostgresMigrator
import PostgresWire
import TestSupport
import Testing

@Suite struct AdoptionTests {
    @Test func `a complete database of the original is taken over`() async throws {
        let fixture = try SchemaFixture.read()
        try await TestServer.withDatabase { database in
            try await original(in: database, ledger: fixture.ledger)
            let schema = try OrchestratorSchema(database.client)
            let waiting = await #expect(throws: MigrationError.self) { try await schema.apply() }
            guard case .needsAdoption("drizzle.__drizzle_migrations")? = waiting else {
                Issue.record("not the error for a database of the original: \(String(describing: waiting))")
                return
            }
            #expect(try await schema.adopt().applied == [7, 8, 9, 10, 13, 11, 12])
            #expect(
                try await database.ledger().prefix(7) == [
                    "1 adopted", "2 adopted", "3 adopted", "4 adopted", "5 adopted", "6 adopted", "7 applied",
                ])
            try await schema.requireCurrent()
            #expect(try await schema.verify().isMatch)
            #expect(try await schema.recordedEmbeddingDimensions() == 1536)
            #expect(try await schema.adopt().isNoOp)
        }
    }

    @Test func `the column that its runner passed over is added`() async throws {
        var ledger = try SchemaFixture.read().ledger
        ledger.remove(at: 12)
        let rows = ledger
        try await TestServer.withDatabase { database in
            try await original(in: database, ledger: rows)
            try await database.client.execute("ALTER TABLE agents DROP model_preference")
            let schema = try OrchestratorSchema(database.client)
            try await schema.adopt()
            #expect(try await schema.verify().isMatch)
        }
    }

    @Test func `another stage is refused and nothing changes`() async throws {
        let rows = Array(try SchemaFixture.read().ledger.prefix(20))
        try await TestServer.withDatabase { database in
            try await original(in: database, ledger: rows)
            let schema = try OrchestratorSchema(database.client)
            let error = await #expect(throws: MigrationError.self) { try await schema.adopt() }
            #expect(
                error?.description == """
                    The database cannot be adopted: its last step is 0019_tenancy_force_rls. \
                    Migrate it to 0020_counterfactual_lineage with the original first, then adopt again.
                    """)
            #expect(
                try await database.client.one(
                    "SELECT to_regclass('orchestrator_migrations') IS NULL", as: Bool.self))
        }
    }

    @Test func `a database that is not what its ledger says is refused`() async throws {
        let rows = try SchemaFixture.read().ledger
        try await TestServer.withDatabase { database in
            try await original(in: database, ledger: rows)
            try await database.client.execute("DROP INDEX uq_workflow_events_run_seq")
            let schema = try OrchestratorSchema(database.client)
            let error = await #expect(throws: MigrationError.self) { try await schema.adopt() }
            guard case .cannotAdopt(let reason, _)? = error else {
                Issue.record("not a refusal: \(String(describing: error))")
                return
            }
            #expect(
                reason == """
                    it is not what its ledger says, missing index workflow_events.uq_workflow_events_run_seq
                    """)
        }
    }

    @Test func `an empty database has nothing to adopt`() async throws {
        try await TestServer.withDatabase { database in
            let schema = try OrchestratorSchema(database.client)
            let error = await #expect(throws: MigrationError.self) { try await schema.adopt() }
            guard case .cannotAdopt? = error else {
                Issue.record("not a refusal: \(String(describing: error))")
                return
            }
        }
    }

    /// Makes what the original leaves: the shared objects, its policies, its ledger.
    private func original(in database: TestDatabase, ledger: [(hash: String, time: Int)]) async throws {
        let shared = OrchestratorSchema.migrations.filter { $0.version <= 8 }
        let migrator = try Migrator(
            database.client, migrations: shared,
            options: MigratorOptions(
                ledgerTable: "scaffold", parameters: ["embedding_dimensions": .integer(1536)]))
        try await migrator.apply()
        _ = try await database.client.script(
            """
            DROP TABLE scaffold;
            DO $$ DECLARE t text; BEGIN
                FOR t IN SELECT tablename FROM pg_policies WHERE policyname = 'tenant_isolation' LOOP
                    EXECUTE format('ALTER POLICY tenant_isolation ON %I
                        USING (tenant_id = current_setting(''app.tenant_id'', true)::uuid)
                        WITH CHECK (tenant_id = current_setting(''app.tenant_id'', true)::uuid)', t);
                END LOOP;
            END $$;
            CREATE SCHEMA drizzle;
            CREATE TABLE drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint);
            """)
        for row in ledger {
            try await database.client.execute(
                "INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES (\(row.hash), \(row.time))"
            )
        }
    }
}

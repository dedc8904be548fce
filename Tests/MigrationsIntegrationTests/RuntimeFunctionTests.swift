import OrchestratorMigrations
import PostgresWire
import TestSupport
import Testing

@Suite struct RuntimeFunctionTests {
    private static let run = "a0000000-0000-4000-8000-000000000002"
    private static let job = "a0000000-0000-4000-8000-000000000003"

    @Test func `a stale claim, a missing run and a lost job abort the pipeline they stand in`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.client
            try await seed(client)
            try await expect(nil, "SELECT orchestrator_assert_claim(\(Self.run)::uuid, 3)", client)
            try await expect("ORC01", "SELECT orchestrator_assert_claim(\(Self.run)::uuid, 2)", client)
            try await expect("ORC01", "SELECT orchestrator_assert_claim(\(Self.run)::uuid, 4)", client)
            try await expect("ORC02", "SELECT orchestrator_assert_claim(\(Self.job)::uuid, 3)", client)
            try await expect(nil, "SELECT orchestrator_assert_job(\(Self.job)::uuid, 'w', 1)", client)
            try await expect("ORC03", "SELECT orchestrator_assert_job(\(Self.job)::uuid, 'w', 2)", client)
            try await expect("ORC03", "SELECT orchestrator_assert_job(\(Self.job)::uuid, 'v', 1)", client)
            try await expect("ORC09", "SELECT orchestrator_require(1 > 2, 'ORC09', 'no')", client)
            try await expect("ORC09", "SELECT orchestrator_require(NULL, 'ORC09', 'no')", client)
            try await expect(nil, "SELECT orchestrator_require(true, 'ORC09', 'no')", client)
        }
    }

    @Test func `after a scoped transaction an app role without a tenant reads nothing and fails nothing`()
        async throws
    {
        try await TestServer.withDatabase { database in
            try await seed(database.client)
            let counts = try await database.client.withConnection { connection in
                try await connection.execute("SET ROLE cycgraph_app")
                let before = try await connection.one("SELECT count(*)::int FROM workflow_runs", as: Int.self)
                let scoped = try await connection.withTransaction { connection in
                    try await connection.execute(
                        "SELECT set_config('app.tenant_id', '00000000-0000-0000-0000-000000000001', true)")
                    return try await connection.one("SELECT count(*)::int FROM workflow_runs", as: Int.self)
                }
                let after = try await connection.one("SELECT count(*)::int FROM workflow_runs", as: Int.self)
                try await connection.execute("RESET ROLE")
                return [before, scoped, after]
            }
            #expect(counts == [0, 1, 0])
        }
    }

    private func seed(_ client: PostgresClient) async throws {
        try await OrchestratorSchema(client, options: OrchestratorSchemaOptions(embeddingDimensions: 8))
            .apply()
        _ = try await client.script(
            """
            INSERT INTO graphs (id, name, definition) VALUES ('a0000000-0000-4000-8000-000000000001', 'g', '{}');
            INSERT INTO workflow_runs (id, graph_id, status, claim_epoch)
            VALUES ('\(Self.run)', 'a0000000-0000-4000-8000-000000000001', 'running', 3);
            INSERT INTO workflow_jobs (id, type, run_id, graph_id, status, worker_id, attempt) VALUES
                ('\(Self.job)', 'start', '\(Self.run)', 'a0000000-0000-4000-8000-000000000001', 'active', 'w', 1);
            """)
    }

    /// Sends the check and an insert with one Sync; the insert must stand only when the check passes.
    private func expect(_ state: String?, _ check: PostgresQuery, _ client: PostgresClient) async throws {
        let before = try await client.one("SELECT count(*)::int FROM workers", as: Int.self)
        do {
            _ = try await client.batch([
                "INSERT INTO workers (id, host, pid, version) VALUES (gen_random_uuid()::text, 'h', 1, 'v')",
                check,
            ])
            #expect(state == nil)
        } catch {
            #expect(error.sqlState == state)
        }
        let after = try await client.one("SELECT count(*)::int FROM workers", as: Int.self)
        #expect(after - before == (state == nil ? 1 : 0))
    }
}

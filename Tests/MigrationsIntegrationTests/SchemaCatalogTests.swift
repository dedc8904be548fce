import OrchestratorMigrations
import PostgresMigrator
import PostgresWire
import TestSupport
import Testing

@Suite struct SchemaCatalogTests {
    @Test func `the migrations leave the original's catalog with other policies, and additions by name`()
        async throws
    {
        let fixture = try SchemaFixture.read()
        try await TestServer.withDatabase { database in
            try await OrchestratorSchema(database.client).apply()
            let found = try await database.catalog()
            let comparison = CatalogComparison(expected: fixture.entries, found: found)
            #expect(comparison.missing == [])
            #expect(Set(comparison.changed.map(\.expected.kind)) == ["policy"])
            #expect(Set(comparison.changed.map(\.found.definition)) == Self.policies)
            #expect(comparison.changed.count == 22)
            #expect(Set(comparison.extra.map { "\($0.kind) \($0.object)" }).subtracting(Self.additions) == [])
            #expect(comparison.extra.count == Self.additions.count)
        }
    }

    @Test func `columns stand in the original's order, additions behind`() async throws {
        let fixture = try SchemaFixture.read()
        try await TestServer.withDatabase { database in
            try await OrchestratorSchema(database.client).apply()
            let live = try await database.client.collect(
                """
                SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema = 'public' ORDER BY table_name COLLATE "C", ordinal_position
                """, as: String.self)
            let expected = fixture.columnOrder
            #expect(live.filter(Set(expected).contains) == expected)
        }
    }

    @Test func `the seed tenant is there`() async throws {
        try await TestServer.withDatabase { database in
            try await OrchestratorSchema(database.client).apply()
            let tenants = try await database.client.collect(
                "SELECT id::text, slug, name, status FROM tenants",
                as: (String, String, String, String).self)
            #expect(tenants.count == 1)
            let seed = try #require(tenants.first)
            #expect(seed.0 == "00000000-0000-0000-0000-000000000001")
            #expect([seed.1, seed.2, seed.3] == ["default", "Default Tenant", "active"])
        }
    }

    private static let policies: Set<String> = [
        """
        PERMISSIVE FOR * TO public \
        USING (tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid) \
        WITH CHECK (tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)
        """,
        """
        PERMISSIVE FOR * TO public \
        USING (id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)
        """,
    ]

    /// Everything that is ours alone, and the objects that the recorded catalog does not list (triggers,
    /// functions).
    private static let additions: Set<String> = [
        "table orchestrator_migrations", "table workers",
        "column orchestrator_migrations.version", "column orchestrator_migrations.name",
        "column orchestrator_migrations.checksum", "column orchestrator_migrations.state",
        "column orchestrator_migrations.position", "column orchestrator_migrations.parameters",
        "column orchestrator_migrations.note", "column orchestrator_migrations.duration_ms",
        "column orchestrator_migrations.applied_by", "column orchestrator_migrations.applied_at",
        "column workers.id", "column workers.host", "column workers.pid", "column workers.version",
        "column workers.concurrency", "column workers.started_at", "column workers.last_seen_at",
        "column workers.stopped_at",
        "column agents.max_output_tokens", "column mcp_servers.tool_timeout_ms",
        "column mcp_servers.max_concurrent_calls", "column mcp_servers.max_retries",
        "column workflow_jobs.job_key", "column workflow_jobs.attempt_history",
        "column workflow_runs.cancel_requested_at", "column gate_decisions.pass_id",
        "column api_keys.tenant_id", "constraint api_keys.api_keys_tenant_id_fkey",
        "index api_keys.idx_api_keys_tenant", "index workflow_runs.idx_workflow_runs_archived",
        "constraint orchestrator_migrations.orchestrator_migrations_pkey", "constraint workers.workers_pkey",
        "index orchestrator_migrations.orchestrator_migrations_pkey", "index workers.workers_pkey",
        "index workers.idx_workers_last_seen", "index workflow_jobs.uq_workflow_jobs_key",
        "index workflow_runs.idx_workflow_runs_parent", "index usage_records.idx_usage_records_graph",
        "index workflows.idx_workflows_graph", "index memory_facts.idx_memory_facts_current",
        "index memory_episodes.idx_memory_episodes_recent",
        "index run_outcome_facts.idx_run_outcome_facts_lookup",
        "index gate_decisions.idx_gate_decisions_history", "index gate_decisions.idx_gate_decisions_recent",
        "function orchestrator_assert_claim(run uuid, epoch integer)",
        "function orchestrator_assert_job(job uuid, worker text, try integer)",
        "function orchestrator_require(ok boolean, code text, reason text)",
        "function trigger_set_updated_at()",
        "trigger agents.set_updated_at", "trigger documents.set_updated_at",
        "trigger embeddings.set_updated_at", "trigger graphs.set_updated_at",
        "trigger workflow_states.set_updated_at", "trigger workflows.set_updated_at",
        "grant orchestrator_migrations to cycgraph_app", "grant orchestrator_migrations to cycgraph_admin",
        "grant workers to cycgraph_app", "grant workers to cycgraph_admin",
    ]
}

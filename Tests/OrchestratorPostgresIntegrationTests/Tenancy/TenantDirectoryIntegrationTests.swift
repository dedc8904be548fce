import Foundation
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct TenantDirectoryIntegrationTests {
    @Test(arguments: TenantChecks.all, Backend.Kind.allCases)
    func `directories and resolvers keep their promises`(
        _ check: BehaviourCheck, _ kind: Backend.Kind
    ) async throws {
        try await kind.run { try await check.run($0) }
    }

    @Test func `N14 no table keeps a row of an erased tenant`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let backend = Backend(database)
            let (one, two) = try await TenantChecks.tenants(backend)
            _ = try await TenantChecks.furnish(one, backend)
            _ = try await TenantChecks.furnish(two, backend)
            let key = try #require(await backend.resolver.listKeys(tenant: one).first?.id)
            try await database.client.execute("INSERT INTO usage_records (api_key_id) VALUES (\(key))")
            #expect(try await rows(of: one, in: database).count >= 9)
            #expect(try await backend.tenants.eraseTenant(one))
            #expect(try await rows(of: one, in: database) == [])
            #expect(try await rows(of: two, in: database).count >= 9)
            #expect(try await backend.usage(.seed).totals().count == 1)
        }
    }

    @Test func `keys of the original, which have no tenant, resolve to none`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let key = APIKey("cyc_sk_original")
            try await database.client.execute(
                """
                INSERT INTO api_keys (key_hash, name, permissions) VALUES (\(key.hash), 'old', '[]'::jsonb)
                """)
            #expect(try await PostgresTenantResolver(database.client).resolve(key) == nil)
        }
    }

    @Test func `an unknown tenant gets no key`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let unknown = TenantID(UUID())
            let resolver = PostgresTenantResolver(database.client)
            #expect(
                await code { try await resolver.register(APIKey("k"), tenant: unknown) }
                    == .missingRecord(table: "tenants", id: unknown.text))
        }
    }

    @Test func `a key is hashed as OpenSSL hashes it`() {
        var generator = SystemRandomNumberGenerator()
        for length in 0..<300 {
            let text = String((0..<length).map { _ in "abcäöß€😀".randomElement(using: &generator) ?? "a" })
            #expect(APIKey(text).hash == OpenSSLCryptography.sha256Hexadecimal(Array(text.utf8)))
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `N8 N11 a scope is isolated and fenced as its adapters are`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let (one, two) = try await TenantChecks.tenants(backend)
            let mine = try backend.scope(one, nil)
            let other = try backend.scope(two, nil)
            #expect(mine.tenant == one)
            let graph = Sample.graph()
            try await mine.persistence.saveGraph(graph)
            var state = WorkflowState(workflowID: graph.id)
            state.status = .running
            try await mine.persistence.saveWorkflowRun(state)
            try await mine.eventLog.append(Sample.event(state.runID, 0))
            try await mine.usage.record(UsageRecord(runID: state.runID))
            _ = try await mine.agents.register(AgentChecks.agent("a"))
            try await mine.mcpServers.saveServer(MCPServerChecks.server("s"))
            #expect(try await other.persistence.listGraphs().isEmpty)
            #expect(try await other.eventLog.loadEvents(runID: state.runID).isEmpty)
            #expect(try await other.runStore.loadPosition(runID: state.runID).run == nil)
            #expect(try await other.usage.totals().count == 0)
            #expect(try await other.agents.listAgents().isEmpty)
            #expect(try await other.mcpServers.listServers().isEmpty)
            let stale = try backend.scope(one, RunClaim(runID: state.runID, epoch: 7))
            let running = state
            let refused = StoreErrorCode.staleClaim(runID: state.runID, staleEpoch: 7, currentEpoch: 0)
            #expect(await code { _ = try await stale.persistence.saveWorkflowSnapshot(running) } == refused)
            #expect(
                await code { try await stale.eventLog.append(Sample.event(running.runID, 1)) } == refused)
        }
    }

    /// The tables that hold rows of a tenant, and how many.
    private func rows(of tenant: TenantID, in database: TestDatabase) async throws -> [String] {
        let tables = try await database.client.collect(
            """
            SELECT table_name::text FROM information_schema.columns
            WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1
            """, as: String.self)
        #expect(tables.count == 22)
        var found: [String] = []
        for table in tables {
            let count = try await database.client.one(
                "SELECT count(*) FROM \(identifier: table) WHERE tenant_id = \(tenant.uuid)", as: Int.self)
            if count > 0 { found.append(table) }
        }
        return found
    }
}

import AdapterConformance
import AgentMemory
import FoundationEssentials
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct MemoryConformanceIntegrationTests {
    @Test(arguments: [false, true])
    func `the PostgreSQL adapters of memory keep their promises`(asMember isMember: Bool) async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            guard isMember else { return try await check(database.client, database.client) }
            let name = "member_\(UUID().uuidString.lowercased().prefix(8))"
            try await TestServer.makeRole(name, password: "secret")
            try await database.client.execute("GRANT cycgraph_app TO \(identifier: name)")
            var configuration = database.configuration
            configuration.user = name
            configuration.password = "secret"
            let member = PostgresClient(PostgresClientConfiguration(configuration))
            try await check(member, database.client)
            await member.shutdown()
        }
    }

    private func check(_ client: PostgresClient, _ platform: PostgresClient) async throws {
        let subject = PostgresMemorySubject(client: client, platform: platform)
        let report = await ConformanceSuite.memory.run(on: subject)
        #expect(report.results.count == ConformanceSuite.memory.promises.count)
        for result in report.results {
            #expect(
                result.status == .passed,
                "\(result.promise.id) \(result.promise.text): \(result.detail ?? "")")
        }
    }
}

/// The PostgreSQL adapters of memory, on rows that are removed before each promise.
struct PostgresMemorySubject: ConformanceSubject {
    let name = "postgres"
    let capabilities: Set<Capability> = [.concurrency, .tenants]
    let client: PostgresClient
    let platform: PostgresClient
    private static let tenants = [TenantID(UUID()), TenantID(UUID())]

    func withEmptyRows(_ body: @Sendable (AdapterSet) async throws -> Void) async throws {
        _ = try await platform.batch([
            """
            TRUNCATE memory_entities, memory_relationships, memory_episodes, memory_facts, memory_themes,
                memory_entity_facts, run_outcomes, run_outcome_facts, gate_decisions
            """,
            """
            INSERT INTO tenants (id, slug, name) SELECT id, id::text, 'Tenant'
            FROM unnest(\(Self.tenants.map(\.uuid))) AS t (id) ON CONFLICT DO NOTHING
            """,
        ])
        var adapters = AdapterSet()
        adapters.memory = { PostgresMemoryStore(client, tenant: $0) }
        adapters.index = { PostgresMemoryIndex(client, tenant: $0) }
        adapters.ledger = { PostgresOutcomeLedger(client, tenant: $0) }
        adapters.tenants = Self.tenants
        try await body(adapters)
    }
}

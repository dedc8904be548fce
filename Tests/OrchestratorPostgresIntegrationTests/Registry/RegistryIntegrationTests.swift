import Foundation
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct RegistryIntegrationTests {
    @Test(arguments: AgentChecks.all, Backend.Kind.allCases)
    func `agent registries keep their promises`(_ check: BehaviourCheck, _ kind: Backend.Kind) async throws {
        try await kind.run { try await check.run($0) }
    }

    @Test(arguments: MCPServerChecks.all, Backend.Kind.allCases)
    func `server registries keep their promises`(_ check: BehaviourCheck, _ kind: Backend.Kind) async throws {
        try await kind.run { try await check.run($0) }
    }

    @Test func `an agent that the original wrote without a provider or with old fields loads`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let id = UUID()
            try await database.client.execute(
                """
                INSERT INTO agents (id, name, model, system_prompt, tools, permissions)
                VALUES (\(id), 'old', 'm', 's', '[]', '{"read_keys": ["*"], "future": 1}')
                """)
            let agent = try #require(await PostgresAgentRegistry(database.client).loadAgent(id: id))
            #expect(agent.definition.provider == nil)
            #expect(agent.definition.temperature == 0.7)
            #expect(agent.definition.permissions == AgentPermissions(readKeys: ["*"]))
            try await database.client.execute("UPDATE agents SET tools = '[{\"type\": \"magic\"}]'")
            #expect(
                await code { _ = try await PostgresAgentRegistry(database.client).loadAgent(id: id) }
                    == .corruptRecord(table: "agents", id: id.uuidString.lowercased()))
        }
    }
}

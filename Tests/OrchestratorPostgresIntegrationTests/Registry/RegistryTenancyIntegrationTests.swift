import Foundation
import Orchestrator
import StoreContracts
import Testing

@Suite struct RegistryTenancyIntegrationTests {
    @Test(arguments: TenantRole.allCases.map(Optional.some) + [nil])
    func `A12 A13 agents belong to a tenant, and so do their names`(_ role: TenantRole?) async throws {
        try await Backend.withTenants(role) { backend async throws in
            let mine = backend.agents(Backend.alpha)
            let other = backend.agents(Backend.beta)
            let id = try await mine.register(AgentChecks.agent("a"))
            #expect(try await mine.loadAgent(id: id)?.tenantID == Backend.alpha)
            #expect(try await other.loadAgent(id: id) == nil)
            #expect(try await other.listAgents().isEmpty)
            var changes = AgentChanges()
            changes.model = "stolen"
            #expect(try await other.updateAgent(id: id, changes) == false)
            #expect(try await other.deleteAgent(id: id) == false)
            let same = try await other.register(AgentChecks.agent("a"))
            #expect(same != id)
            #expect(try await mine.listAgents().map(\.definition.model) == ["m"])
        }
    }

    @Test(arguments: TenantRole.allCases.map(Optional.some) + [nil])
    func `M10 M11 a server's id belongs to one tenant`(_ role: TenantRole?) async throws {
        try await Backend.withTenants(role) { backend async throws in
            let mine = backend.servers(Backend.alpha, MCPServerPolicy())
            let other = backend.servers(Backend.beta, MCPServerPolicy())
            let server = MCPServerChecks.server("s")
            try await mine.saveServer(server)
            var taken = server
            taken.name = "taken"
            let stolen = taken
            #expect(
                await code { try await other.saveServer(stolen) }
                    == .tenantConflict(table: "mcp_servers", id: "s"))
            #expect(try await other.loadServer(id: "s") == nil)
            #expect(try await other.listServers().isEmpty)
            #expect(try await other.deleteServer(id: "s") == false)
            #expect(try await mine.listServers() == [server])
        }
    }
}

import Foundation
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct TenancyTests {
    private enum Answer: Sendable {
        case unauthorized
        case runs([WorkflowRunRecord])
    }

    private func answer(_ header: String, _ backend: PostgresBackend) async throws -> Answer {
        guard let tenant = try await backend.resolver.resolve(APIKey(header)) else { return .unauthorized }
        let scope = try backend.tenantScope(tenant)
        return .runs(try await scope.persistence.listWorkflowRuns())
    }

    @Test func `a tenant is created, gets a key, works and is erased`() async throws {
        try await TestServer.withDatabase(.migrated) { database async throws in
            let platformClient = database.client
            let tenantClient = database.client
            let tenant = TenantID(UUID())

            let backend = PostgresBackend(platformClient, tenantClient: tenantClient)
            let depth = try await backend.queue.getQueueDepth()
            let tiers = try await backend.retention().getStorageStats()

            #expect(depth.waiting == 0)
            #expect(tiers == StorageStats())

            try await backend.tenants.createTenant(tenant, slug: "acme", name: "Acme")

            let scope = try backend.tenantScope(tenant)
            let agents = try await scope.agents.listAgents(.first)
            let cost = try await scope.usage.totals(UsageFilter()).cost

            #expect(agents.isEmpty)
            #expect(cost == .zero)

            let options = APIKeyOptions(name: "ci", permissions: ["runs:write"])
            let issued = try await backend.resolver.issue(tenant: tenant, options: options)
            print("keep this: \(issued.key.text)")

            if case .runs(let runs) = try await answer(issued.key.text, backend) {
                #expect(runs.isEmpty)
            } else {
                Issue.record("the key did not resolve")
            }

            let suspended = try await backend.tenants.setTenantStatus(tenant, .suspended)
            let erased = try await backend.tenants.eraseTenant(tenant)

            #expect(suspended)
            #expect(erased)
            guard case .unauthorized = try await answer(issued.key.text, backend) else {
                Issue.record("the key outlived its tenant")
                return
            }
        }
    }
}

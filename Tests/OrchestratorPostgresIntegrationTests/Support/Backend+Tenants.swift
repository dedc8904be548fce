import Foundation
import Orchestrator
import PostgresWire
import StoreContracts
import TestSupport

extension Backend {
    /// Two tenants that exist wherever `withTenants` runs a test.
    static let alpha = TenantID(UUID())
    static let beta = TenantID(UUID())

    /// Runs a test with adapters whose tenant plane connects with a role; nil: in memory.
    static func withTenants(_ role: TenantRole?, _ test: (Backend) async throws -> Void) async throws {
        guard let role else {
            let backend = Backend(InMemoryStore())
            for tenant in [alpha, beta] {
                try await backend.tenants.createTenant(tenant, slug: tenant.text, name: "Tenant")
            }
            return try await test(backend)
        }
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            for tenant in [alpha, beta] {
                try await database.client.execute(
                    "INSERT INTO tenants (id, slug, name) VALUES (\(tenant.uuid), \(tenant.text), 'Tenant')")
            }
            try await role.run(on: database) { client async throws in
                try await test(Backend(database, tenantPlane: client))
            }
        }
    }
}

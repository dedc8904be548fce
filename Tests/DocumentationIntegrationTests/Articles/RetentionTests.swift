import Foundation
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct RetentionTests {
    @Test func `a run leaves and comes back`() async throws {
        try await TestServer.withDatabase(.migrated) { database async throws in
            let client = database.client
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "docs-archive-\(UUID().uuidString)").path
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let tenant = TenantID(UUID())
            try await PostgresBackend(client).tenants.createTenant(tenant, slug: "acme", name: "Acme")
            let graph = UUID()
            let runID = UUID()
            try await client.execute(
                """
                INSERT INTO graphs (id, name, definition, tenant_id) VALUES (\(graph), 'g', '{}', \(tenant.uuid))
                """)
            try await client.execute(
                """
                INSERT INTO workflow_runs (id, graph_id, status, completed_at, tenant_id)
                VALUES (\(runID), \(graph), 'completed', now() - interval '2 days', \(tenant.uuid))
                """)
            do {
                let options = RetentionOptions(
                    hotPeriod: .seconds(24 * 3600), warmPeriod: .seconds(30 * 24 * 3600))
                let archive = ColdArchive(folder: folder)
                let retention = PostgresRetentionService(client, archive: archive, options: options)
                let archived = try await retention.archiveCompletedWorkflows()
                let moved = try await retention.deleteWarmData()

                #expect(archived == 1)
                #expect(moved == 0)
            }
            let options = RetentionOptions(warmPeriod: .zero)
            let retention = PostgresRetentionService(
                client, archive: ColdArchive(folder: folder), options: options)
            #expect(try await retention.deleteWarmData() == 1)

            for archive in try await retention.listArchives() {
                print(archive.name, archive.runs, archive.bytes)
            }
            for verdict in try await retention.verifyArchives() where verdict.problem != nil {
                print(verdict.name, verdict.isLeftover, verdict.problem ?? "")
            }

            let name = try #require(await retention.listArchives().first?.name)

            let report = try await retention.restoreArchive(name: name, runIDs: [runID])
            print(report.restored, report.alreadyPresent)

            #expect(report.restored == 1)

            let backend = PostgresBackend(client, archive: ColdArchive(folder: folder))
            let wasErased = try await backend.tenants.eraseTenant(tenant)

            #expect(wasErased)
            #expect(try await retention.listArchives().isEmpty)
        }
    }
}

import Foundation
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct UsageIntegrationTests {
    @Test(arguments: UsageChecks.all, Backend.Kind.allCases)
    func `usage recorders keep their promises`(_ check: BehaviourCheck, _ kind: Backend.Kind) async throws {
        try await kind.run { try await check.run($0) }
    }

    @Test(arguments: TenantRole.allCases.map(Optional.some) + [nil])
    func `U5 usage belongs to a tenant`(_ role: TenantRole?) async throws {
        try await Backend.withTenants(role) { backend async throws in
            let run = try await backend.run(tenant: Backend.alpha)
            let mine = backend.usage(Backend.alpha)
            let other = backend.usage(Backend.beta)
            let record = UsageRecord(runID: run.runID, cost: UsageChecks.dollars("0.3"))
            try await mine.record(record)
            try await other.record(UsageRecord(runID: nil, cost: UsageChecks.dollars("0.9")))
            #expect(try await mine.sumCostSince(.distantPast) == UsageChecks.dollars("0.3"))
            #expect(try await other.sumCostSince(.distantPast) == UsageChecks.dollars("0.9"))
            let id = run.runID.uuidString.lowercased()
            #expect(
                await code { _ = try await other.record(UsageRecord(runID: run.runID)) }
                    == .tenantConflict(table: "workflow_runs", id: id))
            let graph = run.workflowID
            #expect(
                await code { _ = try await other.record(UsageRecord(runID: nil, graphID: graph)) }
                    == .tenantConflict(table: "graphs", id: graph.uuidString.lowercased()))
            let copied = UsageRecord(id: record.id, runID: nil)
            #expect(
                await code { _ = try await other.record(copied) }
                    == .tenantConflict(table: "usage_records", id: record.id.uuidString.lowercased()))
            let key = try await backend.resolver.register(APIKey("k"), tenant: Backend.alpha)
            #expect(
                await code { _ = try await other.record(UsageRecord(runID: nil, apiKeyID: key)) }
                    == .tenantConflict(table: "api_keys", id: key.uuidString.lowercased()))
            #expect(try await other.totals().count == 1)
        }
    }

    @Test func `a record survives its run and may come again`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let backend = Backend(database)
            let run = try await backend.run()
            let usage = backend.usage(.seed)
            let record = UsageRecord(runID: run.runID, graphID: run.workflowID)
            try await usage.record(record)
            try await database.client.execute("UPDATE usage_records SET run_id = NULL")
            try await database.client.execute("DELETE FROM workflow_runs")
            try await database.client.execute("DELETE FROM graphs")
            #expect(try await usage.record(record) == false)
            #expect(try await usage.totals(by: .run).map(\.key) == [nil])
        }
    }

    @Test func `a cost that is no number, which the original admits, is named`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            try await database.client.execute("INSERT INTO usage_records (cost_usd) VALUES ('NaN')")
            let usage = PostgresUsageRecorder(database.client)
            #expect(
                await code { _ = try await usage.totals() }
                    == .corruptRecord(table: "usage_records", id: "a sum"))
        }
    }

    @Test func `recorders that race with one record bill once`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let backend = Backend(database)
            let run = try await backend.run()
            let usage = backend.usage(.seed)
            let record = UsageRecord(runID: run.runID, cost: UsageChecks.dollars("1"))
            let fresh = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<16 { group.addTask { try await usage.record([record]) } }
                return try await group.reduce(0, +)
            }
            #expect(fresh == 1)
            #expect(try await usage.totals().cost == UsageChecks.dollars("1"))
        }
    }
}

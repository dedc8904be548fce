import Foundation
import JSONModel
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

/// One tenant tries ids of another: those it guesses, and those it somehow knows.
@Suite struct GuessingIntegrationTests {
    private static let attempts =
        ProcessInfo.processInfo.environment["ORCHESTRATOR_TENANCY_GUESSES"].flatMap { Int($0) } ?? 1000

    /// Whether a call of the guesser's got something to see, or changed something.
    private typealias Attempt = @Sendable (TenantScope, UUID, WorkflowState) async throws -> Bool

    @Test func `no id of another tenant gives a row to read or to change`() async throws {
        try await Backend.withTenants(.member) { backend async throws in
            let database = try #require(backend.database)
            var known: [UUID] = []
            for _ in 0..<5 {
                let state = try await TenantChecks.furnish(Backend.alpha, backend)
                known += [state.runID, state.workflowID]
                known += try await backend.agents(Backend.alpha).listAgents().map(\.id)
                known += try await backend.usage(Backend.alpha).listUsage().map(\.id)
                for agent in try await backend.agents(Backend.alpha).listAgents() {
                    var renamed = AgentChanges()
                    renamed.name = UUID().uuidString
                    try await backend.agents(Backend.alpha).updateAgent(id: agent.id, renamed)
                }
            }
            let own = try await backend.run(status: .running, tenant: Backend.beta)
            let before = try await fingerprint(database)
            let scope = try backend.scope(Backend.beta, nil)
            var random = SystemRandomNumberGenerator()
            var leaks = 0
            for attempt in 0..<Self.attempts {
                let target = known[Int.random(in: 0..<known.count, using: &random)]
                let id = attempt % 4 == 3 ? UUID() : target
                let tries = Self.tries
                if await leaked({ try await tries[attempt % tries.count](scope, id, own) }) { leaks += 1 }
            }
            #expect(leaks == 0)
            #expect(try await fingerprint(database) == before)
        }
    }

    /// A refusal is no leak.
    private func leaked(_ body: () async throws -> Bool) async -> Bool {
        do {
            return try await body()
        } catch {
            return !(error is StoreError)
        }
    }

    private static let tries: [Attempt] = [
        { scope, id, _ in try await scope.persistence.loadGraph(id: id) != nil },
        { scope, id, _ in try await scope.persistence.deleteGraph(id: id) },
        { scope, id, _ in
            var graph = Sample.graph()
            graph.id = id
            try await scope.persistence.saveGraph(graph)
            return try await !scope.persistence.deleteGraph(id: id)
        },
        { scope, id, _ in try await scope.persistence.loadWorkflowRun(id: id) != nil },
        { scope, id, _ in try await scope.persistence.updateRunStatus(runID: id, status: .failed) != 0 },
        { scope, id, _ in try await scope.persistence.loadLatestWorkflowState(runID: id) != nil },
        { scope, id, _ in try await !scope.persistence.loadWorkflowStateHistory(runID: id).isEmpty },
        { scope, id, _ in
            try await scope.persistence.loadWorkflowStateAtVersion(runID: id, version: 1) != nil
        },
        { scope, id, _ in try await !scope.persistence.loadEvents(runID: id).isEmpty },
        { scope, id, _ in try await scope.persistence.requestCancel(runID: id) },
        { scope, id, own in
            _ = try await scope.persistence.saveWorkflowState(
                WorkflowState(workflowID: own.workflowID, runID: id))
            return true
        },
        { scope, id, _ in
            try await scope.persistence.saveWorkflowRun(WorkflowState(workflowID: id))
            return true
        },
        { scope, id, own in
            try await scope.persistence.saveRunLineage(
                runID: own.runID, lineage: RunLineage(kind: .counterfactual, parentRunID: id))
            return true
        },
        { scope, id, _ in
            try await scope.eventLog.append(Sample.event(id, 7))
            return true
        },
        { scope, id, _ in try await !scope.eventLog.loadEvents(runID: id).isEmpty },
        { scope, id, _ in try await scope.eventLog.loadCheckpoint(runID: id) != nil },
        { scope, id, _ in try await scope.eventLog.compact(runID: id, through: 1) != 0 },
        { scope, id, _ in try await scope.runStore.loadPosition(runID: id).run != nil },
        { scope, id, own in
            let state = WorkflowState(workflowID: own.workflowID, runID: id)
            _ = try await scope.runStore.commit(Sample.commit(state, from: 2))
            return true
        },
        { scope, id, _ in try await scope.agents.loadAgent(id: id) != nil },
        { scope, id, _ in try await scope.agents.updateAgent(id: id, AgentChanges()) },
        { scope, id, _ in try await scope.agents.deleteAgent(id: id) },
        { scope, id, _ in try await scope.mcpServers.loadServer(id: "s-\(Backend.alpha.text)") != nil },
        { scope, _, _ in try await scope.mcpServers.deleteServer(id: "s-\(Backend.alpha.text)") },
        { scope, id, _ in
            try await scope.usage.record(UsageRecord(id: UUID(), runID: id))
            return true
        },
        { scope, id, _ in try await scope.usage.totals(UsageFilter(runID: id)).count != 0 },
        { scope, id, _ in try await !scope.usage.listUsage(.first, filter: UsageFilter(graphID: id)).isEmpty
        },
    ]

    /// All rows of all tables that belong to tenants, as one sum.
    private func fingerprint(_ database: TestDatabase) async throws -> [String] {
        let tables = try await database.client.collect(
            """
            SELECT table_name::text FROM information_schema.columns
            WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1
            """, as: String.self)
        var sums: [String] = []
        for table in tables {
            sums.append(
                try await database.client.one(
                    """
                    SELECT \(table) || ' ' || count(*) || ' ' ||
                        COALESCE(md5(string_agg(to_jsonb(t)::text, ',' ORDER BY to_jsonb(t)::text)), '')
                    FROM \(identifier: table) AS t
                    """, as: String.self))
        }
        return sums
    }
}

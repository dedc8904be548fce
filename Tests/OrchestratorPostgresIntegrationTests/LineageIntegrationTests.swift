import Foundation
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite struct LineageIntegrationTests {
    @Test(arguments: Backend.Kind.allCases)
    func `a run and its lineage are saved together or not at all`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let parent = try await backend.run(status: .running)
            let fork = WorkflowState(workflowID: parent.workflowID)
            let unknown = UUID()
            let wrong = RunLineage(kind: .counterfactual, parentRunID: unknown, forkSequenceID: 47)
            #expect(
                await code { try await backend.provider.saveWorkflowRun(fork, lineage: wrong) }
                    == .missingRecord(table: "workflow_runs", id: unknown.uuidString.lowercased()))
            #expect(try await backend.provider.loadWorkflowRun(id: fork.runID) == nil)
            let group = UUID()
            let lineage = RunLineage(
                kind: .counterfactual, parentRunID: parent.runID, forkSequenceID: 47,
                forkMutations: [["set": 1.50], nil], forkGroupID: group)
            try await backend.provider.saveWorkflowRun(fork, lineage: lineage)
            let stored = try #require(await backend.provider.loadWorkflowRun(id: fork.runID))
            #expect(stored.lineage == lineage)
            #expect(stored.status == .pending)
            var ended = fork
            ended.status = .completed
            try await backend.provider.saveWorkflowRun(ended)
            #expect(try await backend.provider.loadWorkflowRun(id: fork.runID)?.lineage == lineage)
            let forks = try await backend.provider.listWorkflowRuns(
                .first,
                filter: RunFilter(kind: .counterfactual, parentRunID: parent.runID, forkGroupID: group))
            #expect(forks.map(\.id) == [fork.runID])
            let graph = UUID()
            let lost = WorkflowState(workflowID: graph)
            #expect(
                await code { try await backend.provider.saveWorkflowRun(lost, lineage: RunLineage()) }
                    == .missingGraph(graphID: graph))
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a run is not its own parent`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let run = try await backend.run()
            let lineage = RunLineage(kind: .counterfactual, parentRunID: run.runID)
            let refused = StoreErrorCode.invalidArgument(name: "parent_run_id")
            #expect(
                await code { try await backend.provider.saveRunLineage(runID: run.runID, lineage: lineage) }
                    == refused)
            #expect(
                await code { try await backend.provider.saveWorkflowRun(run, lineage: lineage) } == refused)
            #expect(try await backend.provider.loadWorkflowRun(id: run.runID)?.lineage == RunLineage())
        }
    }

    @Test(arguments: TenantRole.allCases.map(Optional.some) + [nil])
    func `the parent is a run of the same tenant`(_ role: TenantRole?) async throws {
        try await Backend.withTenants(role) { backend async throws in
            let parent = try await backend.run(tenant: Backend.alpha)
            let own = try await backend.run(tenant: Backend.beta)
            let fork = WorkflowState(workflowID: own.workflowID)
            let lineage = RunLineage(kind: .counterfactual, parentRunID: parent.runID)
            let provider = backend.persistence(Backend.beta, nil)
            #expect(
                await code { try await provider.saveWorkflowRun(fork, lineage: lineage) }
                    == .tenantConflict(table: "workflow_runs", id: parent.runID.uuidString.lowercased()))
            #expect(try await provider.loadWorkflowRun(id: fork.runID) == nil)
        }
    }
}

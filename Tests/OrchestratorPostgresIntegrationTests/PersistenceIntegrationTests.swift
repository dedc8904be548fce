import Foundation
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite struct PersistenceIntegrationTests {
    @Test(arguments: Backend.Kind.allCases)
    func `a graph comes back with its unknown keys`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let graph = Sample.graph()
            try await backend.provider.saveGraph(graph)
            #expect(try await backend.provider.loadGraph(id: graph.id) == graph)
            #expect(try await backend.provider.loadGraph(id: UUID()) == nil)
            #expect(try await backend.provider.listGraphs().map(\.name) == ["research"])
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a graph in use is not deleted`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let state = try await backend.run()
            let refusal = await code { _ = try await backend.provider.deleteGraph(id: state.workflowID) }
            #expect(refusal == .graphInUse(graphID: state.workflowID))
            let other = Sample.graph()
            try await backend.provider.saveGraph(other)
            #expect(try await backend.provider.deleteGraph(id: other.id))
            #expect(try await !backend.provider.deleteGraph(id: other.id))
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a run keeps its first completion and stays final`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            var state = try await backend.run(status: .running)
            #expect(try await backend.provider.loadWorkflowRun(id: state.runID)?.completedAt == nil)
            state.status = .failed
            try await backend.provider.saveWorkflowRun(state)
            let first = try #require(await backend.provider.loadWorkflowRun(id: state.runID)?.completedAt)
            #expect(try await backend.provider.updateRunStatus(runID: state.runID, status: .cancelled) == 1)
            #expect(try await backend.provider.loadWorkflowRun(id: state.runID)?.completedAt == first)
            let refusal = await code {
                _ = try await backend.provider.updateRunStatus(runID: state.runID, status: .running)
            }
            #expect(refusal == .invalidTransition(from: "cancelled", to: "running"))
            #expect(try await backend.provider.updateRunStatus(runID: UUID(), status: .running) == 0)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `missing graphs and runs are named`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let state = WorkflowState(workflowID: UUID(), goal: "none")
            let provider = backend.provider
            #expect(
                await code { try await provider.saveWorkflowRun(state) }
                    == .missingGraph(graphID: state.workflowID))
            #expect(
                await code { _ = try await provider.saveWorkflowSnapshot(state) }
                    == .missingRunRecord(runID: state.runID, table: "workflow_runs"))
            #expect(
                await code { _ = try await provider.saveWorkflowState(state) }
                    == .missingRunRecord(runID: state.runID, table: "workflow_states"))
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `fifty writers of one run make versions 1 to 50`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let state = try await backend.run(status: .running)
            let versions = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<50 {
                    group.addTask {
                        index % 2 == 0
                            ? try await backend.provider.saveWorkflowState(state)
                            : try await backend.provider.saveWorkflowSnapshot(state)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(versions.sorted() == Array(1...50))
            let history = try await backend.provider.loadWorkflowStateHistory(runID: state.runID)
            #expect(history.map(\.version) == Array(1...50))
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a state comes back whole and hydrated`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            var state = try await backend.run(status: .running)
            state.memory = ["text": "żółć 🙂", "number": 12_345_678_901, "deep": ["a": [nil, -0.5, true]]]
            state.currentNode = "start"
            state.additionalFields = ["x_future": ["kept": true]]
            #expect(try await backend.provider.saveWorkflowSnapshot(state) == 1)
            #expect(try await backend.provider.loadLatestWorkflowState(runID: state.runID) == state)
            #expect(try await backend.provider.loadLatestWorkflowState(runID: UUID()) == nil)
            let json = try await backend.provider.loadWorkflowStateAtVersion(runID: state.runID, version: 1)
            #expect(json?["run_id"]?.stringValue == state.runID.uuidString.lowercased())
            #expect(json?["x_future"] == ["kept": true])
            let missing = try await backend.provider.loadWorkflowStateAtVersion(
                runID: state.runID, version: 2)
            #expect(missing == nil)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `runs are listed newest first, by page and filter`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            var ids: [UUID] = []
            for index in 0..<5 {
                let graph = Sample.graph()
                try await backend.provider.saveGraph(graph)
                let state = WorkflowState(
                    workflowID: graph.id, createdAt: Date(timeIntervalSince1970: Double(1000 + index)))
                try await backend.provider.saveWorkflowRun(state)
                ids.insert(state.runID, at: 0)
            }
            let first = try await backend.provider.listWorkflowRuns(Page(limit: 2))
            #expect(first.map(\.id) == Array(ids[..<2]))
            let cursor = try #require(first.last?.cursor)
            let second = try await backend.provider.listWorkflowRuns(Page(limit: 2, after: cursor))
            #expect(second.map(\.id) == Array(ids[2..<4]))
            let last = try await backend.provider.listWorkflowRuns(Page(limit: 2, offset: 4))
            #expect(last.map(\.id) == [ids[4]])
            let none = try await backend.provider.listWorkflowRuns(.first, filter: RunFilter(status: .failed))
            #expect(none.isEmpty)
            let filter = RunFilter(status: .pending, graphID: last[0].graphID, kind: .primary)
            let one = try await backend.provider.listWorkflowRuns(.first, filter: filter)
            #expect(one.map(\.id) == [ids[4]])
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `lineage is kept when the run is saved again`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let parent = try await backend.run()
            var state = try await backend.run(status: .running)
            let lineage = RunLineage(
                kind: .counterfactual, parentRunID: parent.runID, forkSequenceID: 47,
                forkMutations: [["set": ["key": 1]]], forkGroupID: UUID())
            try await backend.provider.saveRunLineage(runID: state.runID, lineage: lineage)
            state.status = .completed
            try await backend.provider.saveWorkflowRun(state)
            #expect(try await backend.provider.loadWorkflowRun(id: state.runID)?.lineage == lineage)
            let unknown = UUID()
            #expect(
                await code {
                    try await backend.provider.saveRunLineage(
                        runID: state.runID, lineage: RunLineage(parentRunID: unknown))
                } == .missingRecord(table: "workflow_runs", id: unknown.uuidString.lowercased()))
            #expect(
                await code { try await backend.provider.saveRunLineage(runID: unknown, lineage: lineage) }
                    == .missingRunRecord(runID: unknown, table: "workflow_runs"))
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `cancelling is noted once and only for live runs`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let state = try await backend.run(status: .running)
            #expect(try await backend.provider.requestCancel(runID: state.runID))
            let first = try #require(
                await backend.provider.loadWorkflowRun(id: state.runID)?.cancelRequestedAt)
            #expect(try await backend.provider.requestCancel(runID: state.runID))
            #expect(try await backend.provider.loadWorkflowRun(id: state.runID)?.cancelRequestedAt == first)
            let done = try await backend.run(status: .completed)
            #expect(try await !backend.provider.requestCancel(runID: done.runID))
            #expect(try await !backend.provider.requestCancel(runID: UUID()))
        }
    }
}

import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite struct PersistenceTests {
    private let clock = InstantClock()
    private let store: InMemoryStore
    private let graph = WorkflowGraph.chain("a")
    private var provider: InMemoryPersistenceProvider { InMemoryPersistenceProvider(store: store) }

    init() async throws {
        store = InMemoryStore(clock: clock)
        try await provider.saveGraph(graph)
    }

    private func state(_ change: (inout WorkflowState) -> Void = { _ in }) -> WorkflowState {
        var state = WorkflowState(workflowID: graph.id, createdAt: clock.now())
        change(&state)
        return state
    }

    @Test func `graphs come back whole, keep their creation, and list by their last change`() async throws {
        var other = WorkflowGraph.chain("x", "y")
        other.inputs = ["q": ["schema": [:]]]
        other.isTaintStrict = true
        other.additionalFields = ["custom": [1, 2]]
        try await provider.saveGraph(other)
        #expect(try await provider.loadGraph(id: other.id) == other)
        #expect(try await provider.listGraphs().map(\.id) == [other.id, graph.id])
        clock.advance(by: .seconds(5))
        try await provider.saveGraph(graph)
        let rows = try await provider.listGraphs()
        #expect(rows.map(\.id) == [graph.id, other.id])
        #expect(rows[0].updatedAt.timeIntervalSince(rows[0].createdAt) >= 5)
        #expect(try await provider.listGraphs(Page(limit: 1, offset: 1)).map(\.id) == [other.id])
        #expect(try await provider.listGraphs(Page(after: rows[0].cursor)).map(\.id) == [other.id])
        #expect(try await provider.loadGraph(id: UUID()) == nil)
    }

    @Test func `a graph with runs cannot be deleted`() async throws {
        try await provider.saveWorkflowRun(state())
        await #expect(throws: StoreError(.graphInUse(graphID: graph.id))) {
            _ = try await self.provider.deleteGraph(id: self.graph.id)
        }
        let free = WorkflowGraph.chain("x")
        try await provider.saveGraph(free)
        #expect(try await provider.deleteGraph(id: free.id))
        #expect(try await provider.deleteGraph(id: free.id) == false)
    }

    @Test func `a run keeps its creation and its first completion, and never leaves a terminal status`()
        async throws
    {
        var state = state()
        try await provider.saveWorkflowRun(state)
        clock.advance(by: .seconds(1))
        state.status = .completed
        try await provider.saveWorkflowRun(state)
        let done = clock.now()
        clock.advance(by: .seconds(1))
        try await provider.saveWorkflowRun(state)
        let row = try #require(await provider.loadWorkflowRun(id: state.runID))
        #expect(row.completedAt == done)
        #expect(row.createdAt == state.createdAt)
        state.status = .running
        let back = state
        await #expect(throws: StoreError(.invalidTransition(from: "completed", to: "running"))) {
            try await self.provider.saveWorkflowRun(back)
        }
        #expect(try await provider.updateRunStatus(runID: UUID(), status: .failed) == 0)
    }

    @Test func `versions are contiguous however many save at once`() async throws {
        let state = state()
        try await provider.saveWorkflowRun(state)
        let provider = provider
        let versions = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { try await provider.saveWorkflowState(state) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(versions.sorted() == Array(1...50))
        let page = try Page(limit: 2, offset: 1)
        #expect(
            try await provider.loadWorkflowStateHistory(runID: state.runID, page: page).map(\.version) == [
                2, 3,
            ])
    }

    @Test func `what is missing is named`() async throws {
        let state = state()
        await #expect(throws: StoreError(.missingRunRecord(runID: state.runID, table: "workflow_states"))) {
            _ = try await self.provider.saveWorkflowState(state)
        }
        let foreign = WorkflowState(workflowID: UUID(), createdAt: clock.now())
        await #expect(throws: StoreError(.missingGraph(graphID: foreign.workflowID))) {
            try await self.provider.saveWorkflowRun(foreign)
        }
        let error = await #expect(throws: StoreError.self) {
            _ = try await self.provider.saveWorkflowSnapshot(foreign)
        }
        #expect(error?.code == .missingRunRecord(runID: foreign.runID, table: "workflow_runs"))
        #expect(try await provider.loadWorkflowRun(id: foreign.runID) == nil)
    }

    @Test func `lineage stays when the run is saved again`() async throws {
        let parent = state()
        var fork = state()
        try await provider.saveWorkflowRun(parent)
        try await provider.saveWorkflowRun(fork)
        let lineage = RunLineage(
            kind: .counterfactual, parentRunID: parent.runID, forkSequenceID: 47,
            forkMutations: [["op": "set"]])
        try await provider.saveRunLineage(runID: fork.runID, lineage: lineage)
        fork.status = .completed
        try await provider.saveWorkflowRun(fork)
        #expect(try await provider.loadWorkflowRun(id: fork.runID)?.lineage == lineage)
        let filter = RunFilter(kind: .counterfactual)
        #expect(try await provider.listWorkflowRuns(.first, filter: filter).map(\.id) == [fork.runID])
        let id = fork.runID
        await #expect(throws: StoreError.self) {
            try await self.provider.saveRunLineage(runID: id, lineage: RunLineage(parentRunID: UUID()))
        }
    }

    @Test func `another tenant sees nothing and takes nothing over`() async throws {
        let state = state()
        _ = try await provider.saveWorkflowSnapshot(state)
        let other = InMemoryPersistenceProvider(store: store, tenant: TenantID(UUID()))
        #expect(try await other.loadGraph(id: graph.id) == nil)
        #expect(try await other.loadLatestWorkflowState(runID: state.runID) == nil)
        #expect(try await other.listWorkflowRuns().isEmpty)
        #expect(try await other.updateRunStatus(runID: state.runID, status: .failed) == 0)
        let conflict = StoreError(.tenantConflict(table: "workflow_runs", id: state.runID.text))
        await #expect(throws: conflict) { _ = try await other.saveWorkflowState(state) }
        await #expect(throws: conflict) { try await other.saveWorkflowRun(state) }
        await #expect(throws: StoreError(.tenantConflict(table: "graphs", id: graph.id.text))) {
            try await other.saveGraph(self.graph)
        }
    }

    @Test func `a fenced provider writes about its own claim only`() async throws {
        let state = state()
        try await provider.saveWorkflowRun(state)
        let queue = InMemoryWorkflowQueue(store: store, options: QueueOptions(oneActiveJobPerRun: false))
        for _ in 0..<2 { try await queue.enqueue(EnqueueRequest(runID: state.runID, graphID: graph.id)) }
        let stale = try #require(await queue.dequeue(workerID: "w1")).claim
        let fresh = try #require(await queue.dequeue(workerID: "w2")).claim
        let old = InMemoryPersistenceProvider(store: store, claim: stale)
        let error = StoreError(.staleClaim(runID: state.runID, staleEpoch: 1, currentEpoch: 2))
        await #expect(throws: error) { _ = try await old.saveWorkflowSnapshot(state) }
        await #expect(throws: error) {
            _ = try await old.updateRunStatus(runID: state.runID, status: .failed)
        }
        let new = InMemoryPersistenceProvider(store: store, claim: fresh)
        #expect(try await new.saveWorkflowSnapshot(state) == 1)
        #expect(try await provider.saveWorkflowSnapshot(state) == 2)
    }
}

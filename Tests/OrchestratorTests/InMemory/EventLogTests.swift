import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite struct EventLogTests {
    private let store = InMemoryStore(clock: InstantClock())
    private let state: WorkflowState
    private let log: InMemoryEventLogWriter
    private var run: UUID { state.runID }

    init() async throws {
        let graph = WorkflowGraph.chain("a")
        state = WorkflowState(workflowID: graph.id)
        log = try InMemoryEventLogWriter(store: store)
        let provider = InMemoryPersistenceProvider(store: store)
        try await provider.saveGraph(graph)
        try await provider.saveWorkflowRun(state)
    }

    private func event(_ sequence: Int, id: UUID = UUID(), node: String? = nil) -> NewWorkflowEvent {
        NewWorkflowEvent(id: id, runID: run, sequenceID: sequence, eventType: .nodeStarted, nodeID: node)
    }

    @Test func `events come back in order, whole or from a place`() async throws {
        for sequence in [2, 0, 4, 1, 3] { try await log.append(event(sequence, node: "n\(sequence)")) }
        #expect(try await log.loadEvents(runID: run).map(\.nodeID) == ["n0", "n1", "n2", "n3", "n4"])
        #expect(try await log.loadEventsAfter(runID: run, sequenceID: 2).map(\.sequenceID) == [3, 4])
        #expect(try await log.loadEvents(runID: run, after: 0, limit: 2).map(\.sequenceID) == [1, 2])
        #expect(try await log.getLatestSequenceID(runID: run) == 4)
        #expect(try await log.getLatestSequenceID(runID: UUID()) == -1)
        #expect(try await log.loadEvents(runID: UUID()).isEmpty)
    }

    @Test func `the same event again succeeds, any other at its place conflicts`() async throws {
        let first = event(0)
        try await log.append(first)
        try await log.append(first)
        #expect(try await log.loadEvents(runID: run).count == 1)
        let conflict = StoreError(.eventSequenceConflict(runID: run, sequenceID: 0))
        await #expect(throws: conflict) { try await self.log.append(self.event(0)) }
        await #expect(throws: conflict) { try await self.log.append(self.event(0, id: first.id, node: "x")) }
        await #expect(throws: StoreError.self) { try await self.log.append(self.event(5, id: first.id)) }
        // One bad event keeps the whole call out.
        await #expect(throws: conflict) { try await self.log.append([self.event(1), self.event(0)]) }
        #expect(try await log.getLatestSequenceID(runID: run) == 0)
    }

    @Test func `an unknown run is named`() async throws {
        let stray = UUID()
        await #expect(throws: StoreError(.missingRunRecord(runID: stray, table: "workflow_events"))) {
            try await self.log.append(
                NewWorkflowEvent(id: UUID(), runID: stray, sequenceID: 0, eventType: .nodeStarted))
        }
    }

    @Test func `checkpoints are kept newest first, and at least one`() async throws {
        let two = try InMemoryEventLogWriter(store: store, retainCheckpoints: 2)
        for sequence in 1...4 { try await two.checkpoint(runID: run, sequenceID: sequence, state: state) }
        #expect(try await two.loadCheckpoint(runID: run)?.sequenceID == 4)
        #expect(try await log.loadCheckpoint(runID: UUID()) == nil)
        let error = #expect(throws: StoreError.self) {
            _ = try InMemoryEventLogWriter(store: self.store, retainCheckpoints: 0)
        }
        #expect(error?.cause == "retain_checkpoints must be >= 1")
    }

    @Test func `compaction deletes up to the newest checkpoint and not beyond`() async throws {
        for sequence in 0..<5 { try await log.append(event(sequence)) }
        await #expect(
            throws: StoreError(.compactionBeyondCheckpoint(runID: run, through: 2, checkpoint: nil))
        ) { _ = try await self.log.compact(runID: self.run, through: 2) }
        try await log.checkpoint(runID: run, sequenceID: 2, state: state)
        #expect(try await log.compact(runID: run, through: 2) == 3)
        #expect(try await log.loadEvents(runID: run).map(\.sequenceID) == [3, 4])
        #expect(try await log.compact(runID: run, through: 2) == 0)
        #expect(try await log.checkpointAndCompact(runID: run, sequenceID: 4, state: state) == 2)
        #expect(try await log.loadEvents(runID: run).isEmpty)
        #expect(try await log.getLatestSequenceID(runID: run) == 4)
    }
}

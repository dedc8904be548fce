import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite struct CompactionTests {
    private func world() async throws -> RunnerWorld {
        let world = try await RunnerWorld(.chain("a", "b", "c"))
        for id in ["a", "b", "c"] { world.on(id) { _ in .updates([.init(id): true]) } }
        return world
    }

    @Test func `the log is compacted between steps, and a crash right after repeats nothing`() async throws {
        let world = try await world()
        let crashing = CrashingRunStore(world.runStore, at: 3, .before)
        await #expect(throws: StoreError.self) {
            _ = try await world.runner(store: crashing) { $0.compactionInterval = 5 }.run()
        }
        // genesis and a: seven events, one compaction after a.
        #expect(try await world.events().isEmpty)
        let writer = try InMemoryEventLogWriter(store: world.store)
        #expect(try await writer.loadCheckpoint(runID: world.runID)?.sequenceID == 6)
        #expect(try await writer.getLatestSequenceID(runID: world.runID) == 6)
        let state = try await world.runner { $0.compactionInterval = 0 }.run()
        #expect(state.status == .completed)
        #expect(state.memory == ["a": true, "b": true, "c": true])
        #expect(world.count("a") == 1)
        #expect(try await world.events().first?.sequenceID == 7)
        #expect(try await world.log().hasPrefix("_init NS@b ACT[update_memory]@b"))
    }

    @Test func `a hole in the log is put behind a checkpoint`() async throws {
        let world = try await world()
        let crashing = CrashingRunStore(world.runStore, at: 3, .before)
        await #expect(throws: StoreError.self) { _ = try await world.runner(store: crashing).run() }
        let writer = try InMemoryEventLogWriter(store: world.store)
        try await writer.append(
            NewWorkflowEvent(
                id: UUID(), runID: world.runID, sequenceID: 9, eventType: .nodeStarted, nodeID: "b"))
        let runner = world.runner()
        let stream = runner.events
        #expect(try await runner.run().status == .completed)
        #expect(world.count("a") == 1)
        var names: [String] = []
        for await event in stream { names.append(event.name) }
        #expect(names.first == "log:healed")
        #expect(try await writer.loadCheckpoint(runID: world.runID)?.sequenceID == 9)
        #expect(try await world.events().first?.sequenceID == 10)
    }

    @Test func `a log of unknown rules is not folded, unless that is allowed`() async throws {
        let world = try await world()
        let writer = try InMemoryEventLogWriter(store: world.store)
        try await world.provider.saveWorkflowRun(world.state())
        func event(_ sequence: Int, _ type: WorkflowEventType, _ name: String?, _ payload: JSONValue)
            -> NewWorkflowEvent
        {
            NewWorkflowEvent(
                id: UUID(), runID: world.runID, sequenceID: sequence, eventType: type, internalType: name,
                internalPayload: payload)
        }
        try await writer.append([
            event(0, .internalDispatched, "_init", ["start_node": "a"]),
            event(1, .workflowStarted, nil, ["replay_version": 2, "config": ["goal": "g"]]),
        ])
        let error = await #expect(throws: WorkflowError.self) { _ = try await world.runner().run() }
        guard case .replayVersionMismatch(logged: 2, current: 1000) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let state = try await world.runner { $0.allowsUnknownReplayVersion = true }.run()
        #expect(state.status == .completed)
        #expect(state.goal == "g")
    }
}

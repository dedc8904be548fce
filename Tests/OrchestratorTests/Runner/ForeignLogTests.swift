import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

/// Logs of writers that do not commit whole steps, cut at every place.
@Suite struct ForeignLogTests {
    /// Runs a world to its end or pause, then gives another one the first `count` events of the log.
    private func cut(
        _ world: RunnerWorld, to copy: RunnerWorld, keeping count: Int, withSnapshot: Bool = false
    ) async throws -> GraphRunner {
        let events = try await world.events().prefix(count)
        var state = world.state()
        state.workflowID = copy.graph.id
        try await copy.provider.saveWorkflowRun(state)
        try await InMemoryEventLogWriter(store: copy.store).append(events.map(\.appended))
        if withSnapshot, let folded = try replay(Array(events), graphID: copy.graph.id) {
            _ = try await copy.provider.saveWorkflowSnapshot(folded)
        }
        return GraphRunner(
            graph: copy.graph, state: state, handlers: copy.handlers, store: copy.runStore,
            options: copy.options)
    }

    private func chain() async throws -> RunnerWorld {
        let world = try await RunnerWorld(.chain("a", "b"))
        world.on("a") { _ in .updates(["x": 1], usage: NodeUsage(inputTokens: 3, costUSD: 0.5, model: "m")) }
        world.on("b") { _ in .updates(["y": 2]) }
        return world
    }

    @Test(arguments: [false, true])
    func `a step that was cut anywhere is finished, not executed again`(withSnapshot: Bool) async throws {
        let world = try await chain()
        let expected = try await world.runner().run()
        // _init WS NS@a | ACT@a _track_tokens _track_cost _track_model_usage _increment _advance NS@b …
        let events = try await world.events()
        for count in 3...events.count {
            let copy = try await chain()
            let state = try await cut(world, to: copy, keeping: count, withSnapshot: withSnapshot).run()
            #expect(state.status == .completed, "\(count)")
            #expect(state.memory == expected.memory, "\(count)")
            #expect(state.iterationCount == 2, "\(count)")
            #expect(state.visitedNodes == ["a", "b"], "\(count)")
            #expect(copy.count("a") == (count == 3 ? 1 : 0), "\(count)")
            #expect(copy.count("b") == (count < 11 ? 1 : 0), "\(count)")
            if count == 4 || count >= 7 {
                #expect(state.totalTokensUsed == 3, "\(count)")
                #expect(state.totalCostUSD == 0.5, "\(count)")
            }
            #expect(try await copy.isConsistent(), "\(count)")
        }
    }

    @Test func `a resume that was cut before its routing takes the recorded decision`() async throws {
        let world = try await RunnerWorld.everyKind()
        _ = try await world.runner().run()
        _ = try await world.runner(response: HumanResponse(.approved, responseKey: "k")).run()
        let events = try await world.events()
        let resume = try #require(events.firstIndex { $0.action?["type"] == "resume_from_human" })
        let copy = try await RunnerWorld(world.graph)
        for id in ["start", "item", "worker", "boss"] { copy.on(id) { _ in .updates([:]) } }
        copy.on("end") { context in .updates(["seen": context.view.memory["human_decision"] ?? .null]) }
        let state = try await cut(world, to: copy, keeping: resume + 1).run()
        #expect(state.status == .completed)
        #expect(state.memory["seen"] == "approved")
        #expect(copy.count("end") == 1)
        #expect(copy.count("worker") == 0)
    }

    @Test func `a handoff that was cut goes on at its target`() async throws {
        let world = try await RunnerWorld.everyKind()
        _ = try await world.runner().run()
        let events = try await world.events()
        let handoff = try #require(events.firstIndex { $0.action?["type"] == "handoff" })
        let copy = try await RunnerWorld.everyKind()
        // A new world's graph has another id, but the same nodes.
        let state = try await cut(world, to: copy, keeping: handoff + 1).run()
        #expect(state.status == .waiting)
        #expect(copy.count("boss") == 1)
        #expect(copy.count("worker") == 2)
        #expect(state.iterationCount == 9)
        #expect(try await copy.isConsistent())
    }

    @Test func `a malformed action in the log is named, and nothing is written`() async throws {
        let world = try await chain()
        try await world.provider.saveWorkflowRun(world.state())
        func event(_ sequence: Int, _ type: WorkflowEventType, _ change: (inout NewWorkflowEvent) -> Void)
            -> NewWorkflowEvent
        {
            var event = NewWorkflowEvent(
                id: UUID(), runID: world.runID, sequenceID: sequence, eventType: type)
            change(&event)
            return event
        }
        try await InMemoryEventLogWriter(store: world.store).append([
            event(0, .internalDispatched) {
                $0.internalType = "_init"
                $0.internalPayload = ["start_node": "a"]
            },
            event(1, .actionDispatched) { $0.action = ["type": "update_memory"] },
        ])
        let error = await #expect(throws: WorkflowError.self) { _ = try await world.runner().run() }
        guard case .eventLogCorrupt(world.runID, 1, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await world.events().count == 2)
    }

    @Test func `events appended before the state is saved survive a cut between the two`() async throws {
        let world = try await chain()
        let log = try InMemoryEventLogWriter(store: world.store)
        try await world.provider.saveWorkflowRun(world.state())
        let provider = world.provider
        let failing = FailingTimes(3)
        let runner = GraphRunner(
            graph: world.graph, state: world.state(), handlers: world.handlers,
            persistState: { state in
                if state.iterationCount == 1 { try failing.check() }
                _ = try await provider.saveWorkflowState(state)
            }, eventLog: log, options: world.options)
        let error = await #expect(throws: WorkflowError.self) { _ = try await runner.run() }
        guard case .persistenceUnavailable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await world.snapshot()?.iterationCount == 0)
        let state = try await world.runner().run()
        #expect(state.status == .completed)
        #expect(world.count("a") == 1)
        #expect(try await world.isConsistent())
    }
}

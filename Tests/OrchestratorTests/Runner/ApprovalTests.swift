import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite struct ApprovalTests {
    /// a, gate, b, gate2, c; a rejection of the first gate leads to r.
    private func world(rejection: String? = nil) async throws -> RunnerWorld {
        let graph = WorkflowGraph(
            name: "gates",
            nodes: [
                .agent("a", agentID: "a"),
                .approval("gate", ApprovalConfig(reviewKeys: ["x", "absent"], rejectionNodeID: rejection)),
                .agent("b", agentID: "b"), .approval("gate2"), .agent("c", agentID: "c"),
                .agent("r", agentID: "r"),
            ],
            edges: [
                GraphEdge(from: "a", to: "gate"), GraphEdge(from: "gate", to: "b"),
                GraphEdge(from: "b", to: "gate2"), GraphEdge(from: "gate2", to: "c"),
            ], startNode: "a", endNodes: ["c", "r"])
        let world = try await RunnerWorld(graph)
        world.on("a") { _ in .updates(["x": 1, "y": 2]) }
        for id in ["b", "c", "r"] { world.on(id) { _ in .updates([:]) } }
        return world
    }

    @Test func `a gate pauses with what is to be reviewed, and a new runner goes on`() async throws {
        let world = try await world()
        let paused = try await world.runner().run()
        #expect(paused.status == .waiting)
        #expect(paused.pendingApproval?["review_data"] == ["x": 1])
        #expect(paused.pendingApproval?["node_id"] == "gate")
        #expect(
            try await world.log().hasSuffix(
                "_advance NS@gate ACT[request_human_input]@gate _increment_iteration"))
        #expect(paused.waitingTimeoutAt == world.clock.now().addingTimeInterval(86_400))
        let answer = HumanResponse(
            .approved, data: ["note": "ok"], memoryUpdates: ["z": 3], responseKey: "k1")
        let next = try await world.runner(response: answer).run()
        #expect(next.status == .waiting)
        #expect(next.pendingApproval?["node_id"] == "gate2")
        #expect(next.memory["human_decision"] == "approved")
        #expect(next.memory["human_response"] == ["note": "ok"])
        #expect(next.memory["z"] == 3)
        let end = try await world.runner(response: HumanResponse(.edited, responseKey: "k2")).run()
        #expect(end.status == .completed)
        #expect(end.appliedResponseKeys == ["k1", "k2"])
        #expect(try await world.isConsistent())
    }

    @Test func `a response is applied once, and never to the next gate`() async throws {
        let world = try await world()
        let gate = try await world.runner().run()
        let id = try #require(gate.pendingApproval?["approval_id"]?.stringValue)
        let answer = HumanResponse(.approved, approvalID: id, responseKey: "k")
        #expect(try await world.runner(response: answer).run().pendingApproval?["node_id"] == "gate2")
        let log = try await world.log()
        let report = try await world.runner(response: answer).runOutcome()
        #expect(report.wasResponseStale)
        #expect(report.state.pendingApproval?["node_id"] == "gate2")
        let unnamed = HumanResponse(.approved, responseKey: "k")
        #expect(try await world.runner(response: unnamed).runOutcome().wasResponseStale)
        #expect(try await world.log() == log)
    }

    @Test func `a waiting run without a response stays as it is`() async throws {
        let world = try await world()
        let paused = try await world.runner().run()
        let log = try await world.log()
        world.clock.advance(by: .seconds(600))
        #expect(try await world.runner().run() == paused)
        #expect(try await world.log() == log)
    }

    @Test func `a rejection takes its branch, or cancels where there is none`() async throws {
        let branching = try await world(rejection: "r")
        _ = try await branching.runner().run()
        let end = try await branching.runner(response: HumanResponse(.rejected, responseKey: "k")).run()
        #expect(end.status == .completed)
        #expect(end.visitedNodes == ["a", "gate", "r"])
        let plain = try await world()
        _ = try await plain.runner().run()
        let cancelled = try await plain.runner(response: HumanResponse(.rejected, responseKey: "k")).run()
        #expect(cancelled.status == .cancelled)
        #expect(try await plain.log().hasSuffix("_init ACT[resume_from_human]@gate _cancel"))
    }

    @Test func `after the deadline a response is not applied and the run times out`() async throws {
        let world = try await world()
        _ = try await world.runner().run()
        world.clock.advance(by: .seconds(86_400))
        let report = try await world.runner(response: HumanResponse(.approved, responseKey: "k")).runOutcome()
        guard case .timedOut = report.outcome else {
            Issue.record("\(report.outcome)")
            return
        }
        #expect(report.state.memory["human_decision"] == nil)
        #expect(try await world.log().hasSuffix("_increment_iteration _timeout"))
    }

    @Test func `a crash after the pause never opens the gate`() async throws {
        let world = try await world()
        // A foreign log: the pause is durable, the iteration is not counted.
        _ = try await world.runner().run()
        let events = try await world.events().map(\.appended).dropLast()
        let copy = try await self.world()
        let log = try InMemoryEventLogWriter(store: copy.store)
        var state = WorkflowState(
            workflowID: world.graph.id, runID: world.runID, createdAt: world.clock.now())
        state.workflowID = copy.graph.id
        try await copy.provider.saveWorkflowRun(state)
        try await log.append(Array(events))
        let runner = GraphRunner(
            graph: copy.graph, state: state, handlers: copy.handlers, store: copy.runStore,
            options: copy.options)
        let recovered = try await runner.run()
        #expect(recovered.status == .waiting)
        #expect(recovered.iterationCount == 2)
        #expect(copy.count("b") == 0)
    }
}

import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite struct SupervisorTests {
    private func world(limit: Int = 10) async throws -> RunnerWorld {
        let graph = WorkflowGraph(
            name: "supervised",
            nodes: [
                .supervisor(
                    "sup", SupervisorConfig(managedNodes: ["a"], agentID: "sup", maxIterations: limit)),
                .agent("a", agentID: "a"),
            ], edges: [GraphEdge(from: "sup", to: "a"), GraphEdge(from: "a", to: "sup")], startNode: "sup",
            endNodes: [])
        let world = try await RunnerWorld(graph)
        world.on("a") { _ in .updates([:]) }
        return world
    }

    @Test func `a supervisor hands over, then completes the run`() async throws {
        let world = try await world()
        world.on("sup") { context in
            context.supervisorHistory.isEmpty
                ? .handoff(to: "a", reasoning: "go") : .complete(reason: "enough")
        }
        let state = try await world.runner().run()
        #expect(state.status == .completed)
        #expect(
            try await world.log()
                == "_init WS NS@sup ACT[handoff]@sup _increment_iteration NS@a ACT[update_memory]@a "
                + "_increment_iteration _advance NS@sup ACT[set_status]@sup _increment_iteration")
        #expect(state.supervisorCounts == ["sup": 1])
        let keys = try await world.events().compactMap { $0.action?["idempotency_key"]?.stringValue }
        #expect(keys == ["sup:handoff:0:1", "a:1:1", "sup:complete:1:1"])
        #expect(try await world.isConsistent())
    }

    @Test func `a foreign node is refused, after the attempts`() async throws {
        let world = try await world()
        world.on("sup") { _ in .handoff(to: "elsewhere", reasoning: "go") }
        let error = await #expect(throws: WorkflowError.self) { _ = try await world.runner().run() }
        guard case .supervisorRouting("sup", "elsewhere", ["a"]) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(world.count("sup") == 3)
    }

    @Test func `a limit above the kept history ends the run without a call`() async throws {
        let world = try await world(limit: 120)
        world.on("sup") { _ in .handoff(to: "a", reasoning: "go") }
        let state = try await world.runner(world.state { $0.maxIterations = 1000 }).run()
        #expect(state.status == .completed)
        #expect(world.count("sup") == 120)
        #expect(state.supervisorHistory.count == 100)
        #expect(state.supervisorCounts == ["sup": 120])
    }
}

import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite struct BasicExecutionTests {
    @Test func `a chain completes, node after node, with memory that accumulates`() async throws {
        let world = try await RunnerWorld(.chain("a", "b"))
        world.on("a") { _ in .updates(["x": 1]) }
        world.on("b") { context in .updates(["y": .number((context.view.memory["x"]?.intValue ?? 0) + 1)]) }
        let state = try await world.runner().run()
        #expect(state.status == .completed)
        #expect(state.memory == ["x": 1, "y": 2])
        #expect(state.visitedNodes == ["a", "b"])
        #expect(state.iterationCount == 2)
        #expect(
            try await world.log()
                == "_init WS NS@a ACT[update_memory]@a _increment_iteration _advance "
                + "NS@b ACT[update_memory]@b _increment_iteration _complete")
        #expect(try await world.isConsistent())
        #expect(try await world.provider.loadWorkflowStateHistory(runID: world.runID).count == 3)
        #expect(try await world.provider.loadWorkflowRun(id: world.runID)?.status == .completed)
    }

    @Test func `a graph of n nodes completes with n as its iteration limit`() async throws {
        let world = try await RunnerWorld(.chain("a", "b", "c"))
        for id in ["a", "b", "c"] { world.on(id) { _ in .updates([:]) } }
        let state = try await world.runner(world.state { $0.maxIterations = 3 }).run()
        #expect(state.status == .completed)
    }

    @Test func `a loop stops at the limit as failed, without a throw`() async throws {
        var graph = WorkflowGraph.chain("a", "b")
        graph.endNodes = []
        graph.edges.append(GraphEdge(from: "b", to: "a"))
        let world = try await RunnerWorld(graph)
        for id in ["a", "b"] { world.on(id) { _ in .updates([:]) } }
        let state = try await world.runner(world.state { $0.maxIterations = 3 }).run()
        #expect(state.status == .failed)
        #expect(state.iterationCount == 3)
        #expect(try await world.log().hasSuffix("ACT[update_memory]@a _increment_iteration _fail"))
        #expect(try await world.isConsistent())
    }

    @Test func `conditional edges choose by the memory`() async throws {
        var graph = WorkflowGraph.chain("a", "b")
        graph.nodes.append(.agent("c", agentID: "c"))
        graph.edges = [
            GraphEdge(from: "a", to: "b", when: .when("memory.score > 5")),
            GraphEdge(from: "a", to: "c"),
        ]
        graph.endNodes = ["b", "c"]
        let world = try await RunnerWorld(graph)
        world.on("a") { _ in .updates(["score": 3]) }
        for id in ["b", "c"] { world.on(id) { _ in .updates([:]) } }
        let state = try await world.runner().run()
        #expect(state.visitedNodes == ["a", "c"])
    }

    @Test func `a dead end fails with the node's name, or completes when that is allowed`() async throws {
        var graph = WorkflowGraph.chain("a")
        graph.endNodes = []
        let world = try await RunnerWorld(graph)
        world.on("a") { _ in .updates([:]) }
        let error = await #expect(throws: WorkflowError.self) { _ = try await world.runner().run() }
        guard case .noMatchingEdge(nodeID: "a") = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(
            try await world.log()
                == "_init WS NS@a ACT[update_memory]@a _increment_iteration _fail")
        let second = try await RunnerWorld(graph)
        second.on("a") { _ in .updates([:]) }
        let state = try await second.runner { $0.allowImplicitCompletion = true }.run()
        #expect(state.status == .completed)
    }

    @Test func `routers, texts and tool results write where the contract says`() async throws {
        var graph = WorkflowGraph.chain("a")
        graph.nodes = [.router("r"), .agent("a", agentID: "a"), .tool("t", toolID: "t")]
        graph.edges = [GraphEdge(from: "r", to: "a"), GraphEdge(from: "a", to: "t")]
        graph.startNode = "r"
        graph.endNodes = ["t"]
        let world = try await RunnerWorld(graph)
        world.on("a") { _ in .text("hello") }
        world.on("t") { _ in .result(["k": 1]) }
        let state = try await world.runner().run()
        #expect(state.memory == ["a_output": "hello", "t_result": ["k": 1]])
    }

    @Test func `a missing handler is no fault of the run`() async throws {
        let world = try await RunnerWorld(.chain("a", "b"))
        world.on("a") { _ in .updates([:]) }
        let error = await #expect(throws: WorkflowError.self) { _ = try await world.runner().run() }
        guard case .wiring(nodeIDs: ["b"]) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await world.events().isEmpty)
        world.on("b") { _ in .updates([:]) }
        #expect(try await world.runner().run().status == .completed)
    }

    @Test func `an invalid graph fails the run for good`() async throws {
        var graph = WorkflowGraph.chain("a")
        graph.edges = [GraphEdge(from: "a", to: "nowhere")]
        let world = try await RunnerWorld(graph)
        world.on("a") { _ in .updates([:]) }
        await #expect(throws: WorkflowError.self) { _ = try await world.runner().run() }
        #expect(try await world.log() == "_init WS _fail")
        #expect(try await world.snapshot()?.status == .failed)
    }

    @Test func `a run that has ended is returned as it is, with nothing written`() async throws {
        let world = try await RunnerWorld(.chain("a"))
        world.on("a") { _ in .updates(["x": 1]) }
        let first = try await world.runner().run()
        let log = try await world.log()
        let second = try await world.runner().run()
        #expect(second == first)
        #expect(try await world.log() == log)
        #expect(world.count("a") == 1)
        #expect(try await world.provider.loadWorkflowStateHistory(runID: world.runID).count == 2)
    }

    @Test func `goto moves to its target whatever the edges say`() async throws {
        let world = try await RunnerWorld(.chain("a", "b", "c"))
        world.on("a") { _ in NodeOutcome(.goto("c")) }
        for id in ["b", "c"] { world.on(id) { _ in .updates([:]) } }
        let error = await #expect(throws: PermissionDeniedError.self) { _ = try await world.runner().run() }
        #expect(error?.missing == ["control_flow"])
        var graph = WorkflowGraph.chain("a", "b", "c")
        graph.nodes[0].writeKeys = ["*", "control_flow"]
        let allowed = try await RunnerWorld(graph)
        allowed.on("a") { _ in NodeOutcome(.goto("c")) }
        for id in ["b", "c"] { allowed.on(id) { _ in .updates([:]) } }
        #expect(try await allowed.runner().run().visitedNodes == ["a", "c"])
    }

    @Test func `a start state beyond the configuration is replayed whole`() async throws {
        let world = try await RunnerWorld(.chain("a"))
        world.on("a") { _ in .updates([:]) }
        _ = try await world.runner(
            world.state {
                $0.memory = ["seed": true]
                $0.swarmHandoffCount = 4
                $0.additionalFields = ["tag": "x"]
            }
        ).run()
        #expect(try await world.snapshot()?.additionalFields == ["tag": "x"])
        #expect(try await world.isConsistent())
    }
}

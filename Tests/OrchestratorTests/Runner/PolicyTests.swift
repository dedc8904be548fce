import FoundationEssentials
import JSONModel
import Locking
import Orchestrator
import StoreContracts
import Testing

@Suite(.timeLimit(.minutes(1))) struct PolicyTests {
    private func breakerWorld(failures: Int, threshold: Int) async throws -> RunnerWorld {
        var graph = WorkflowGraph.chain("a")
        graph.nodes[0].failurePolicy = FailurePolicy(
            maxRetries: 10, backoffStrategy: .fixed, initialBackoff: .seconds(1),
            circuitBreaker: CircuitBreakerPolicy(
                isEnabled: true, failureThreshold: threshold, successThreshold: 1, timeout: .seconds(3)))
        let world = try await RunnerWorld(graph)
        let failing = FailingTimes(failures)
        world.on("a") { context in
            try failing.check()
            return .updates(["attempt": .number(context.attempt)])
        }
        return world
    }

    @Test func `an open circuit lets attempts pass by until its time, then one probe`() async throws {
        let world = try await breakerWorld(failures: 2, threshold: 2)
        // Attempts 1 and 2 fail and open it at second 1; 3 and 4 find it open; 5, at second 4, is the probe.
        let state = try await world.runner().run()
        #expect(state.memory == ["attempt": 5])
        #expect(world.count("a") == 3)
    }

    @Test func `a bad probe opens the circuit again`() async throws {
        let world = try await breakerWorld(failures: 3, threshold: 2)
        let state = try await world.runner().run()
        // The probe at second 4 fails; the next one comes at second 7.
        #expect(state.memory == ["attempt": 8])
        #expect(world.count("a") == 4)
    }

    @Test func `middleware can stand in for a node, change its action, and choose the way`() async throws {
        var graph = WorkflowGraph.chain("a", "b", "c")
        graph.endNodes = ["c"]
        let world = try await RunnerWorld(graph)
        for id in ["a", "b", "c"] { world.on(id) { _ in .updates([.init(id): 1]) } }
        let seen = Lock<[String]>([])
        let first = RunMiddleware(
            beforeNodeExecute: { $0.node.id == "a" ? .updates(["stub": true]) : nil },
            afterReduce: { action, state in
                seen.withLock { $0.append("\(action.metadata.nodeID) \(state.memory.count)") }
            },
            beforeAdvance: { from, _, _ in from == "a" ? "c" : nil })
        let second = RunMiddleware(afterNodeExecute: { _, action in
            var changed = action
            if case .updateMemory(let updates) = action.payload {
                changed.payload = .updateMemory(updates.merging(["seen": true]))
            }
            return changed
        })
        let state = try await world.runner { $0.middleware = [first, second] }.run()
        #expect(state.memory == ["stub": true, "seen": true, "c": 1])
        #expect(state.visitedNodes == ["a", "c"])
        #expect(world.count("a") == 0)
        #expect(seen.withLock { $0 } == ["a 2", "c 3"])
        #expect(try await world.isConsistent())
    }

    @Test func `an error of middleware is the node's failure`() async throws {
        let world = try await RunnerWorld(.chain("a"))
        world.on("a") { _ in .updates([:]) }
        let hooks = RunMiddleware(beforeNodeExecute: { _ in throw SampleFailure(isRetryable: false) })
        await #expect(throws: SampleFailure.self) {
            _ = try await world.runner { $0.middleware = [hooks] }.run()
        }
        #expect(try await world.log() == "_init WS NS@a _fail")
    }

    @Test func `only the newest snapshots stay, with their versions`() async throws {
        var graph = WorkflowGraph.chain("a")
        graph.endNodes = []
        graph.edges = [GraphEdge(from: "a", to: "a")]
        let world = try await RunnerWorld(graph)
        world.on("a") { _ in .updates([:]) }
        let state = world.state { $0.maxIterations = 30 }
        _ = try await world.runner(state) { $0.retainedSnapshots = 4 }.run()
        let versions = try await world.provider.loadWorkflowStateHistory(runID: world.runID).map(\.version)
        // Commits 4, 8, …, 28 prune; commits 29 to 31 follow.
        #expect(versions == [25, 26, 27, 28, 29, 30, 31])
        #expect(try await world.isConsistent())
    }

    @Test func `a pause that a handler asks for can be answered by its id`() async throws {
        var graph = WorkflowGraph.chain("a", "b")
        graph.nodes[0].writeKeys = ["*", "control_flow"]
        let world = try await RunnerWorld(graph)
        world.on("a") { _ in
            NodeOutcome(.requestHumanInput(HumanInputRequest(pendingApproval: ["question": "sure?"])))
        }
        world.on("b") { _ in .updates([:]) }
        let paused = try await world.runner().run()
        #expect(paused.status == .waiting)
        #expect(paused.pendingApproval?["question"] == "sure?")
        #expect(paused.pendingApproval?["node_id"] == "a")
        let id = try #require(paused.pendingApproval?["approval_id"]?.stringValue)
        let answer = HumanResponse(.approved, approvalID: id, responseKey: "k")
        #expect(try await world.runner(response: answer).run().status == .completed)
    }
}

import FoundationEssentials
import JSONModel
import Orchestrator

extension WorkflowGraph {
    /// A graph with every kind of node: start, map of four, branch, supervisor loop, approval, end.
    static var everyKind: WorkflowGraph {
        var supervisor = GraphNode.supervisor(
            "boss", SupervisorConfig(managedNodes: ["worker"], agentID: "boss", maxIterations: 5))
        supervisor.writeKeys = []
        return WorkflowGraph(
            name: "every kind",
            nodes: [
                .agent("start", agentID: "start"),
                .map("fan", MapConfig(workerNodeID: "item", itemsPath: "$.memory.items", maxConcurrency: 1)),
                .agent("item", agentID: "item"), .router("fork"), supervisor,
                .agent("worker", agentID: "worker"), .approval("gate", ApprovalConfig(reviewKeys: ["sum"])),
                .agent("end", agentID: "end"), .agent("never", agentID: "end"),
            ],
            edges: [
                GraphEdge(from: "start", to: "fan"), GraphEdge(from: "fan", to: "fork"),
                GraphEdge(from: "fork", to: "never", when: .when("memory.fan_count < 4")),
                GraphEdge(from: "fork", to: "worker"),
                GraphEdge(from: "worker", to: "boss", when: .when("memory.rounds < 3")),
                GraphEdge(from: "worker", to: "gate"), GraphEdge(from: "boss", to: "gate"),
                GraphEdge(from: "gate", to: "end"),
            ], startNode: "start", endNodes: ["end", "never"])
    }
}

extension RunnerWorld {
    /// A world with the graph of every kind and handlers for it.
    static func everyKind() async throws -> RunnerWorld {
        let world = try await RunnerWorld(.everyKind)
        world.on("start") { _ in
            .updates(
                ["items": [1, 2, 3, 4]],
                usage: NodeUsage(inputTokens: 10, outputTokens: 5, costUSD: 0.1, model: "m"))
        }
        world.on("item") { context in
            let value = context.mapItem?.value.intValue ?? 0
            return .updates(["double": .number(value * 2)], usage: NodeUsage(inputTokens: value))
        }
        world.on("worker") { context in
            .updates(["rounds": .number((context.view.memory["rounds"]?.intValue ?? 0) + 1)])
        }
        world.on("boss") { _ in .handoff(to: "worker", reasoning: "again") }
        world.on("end") { context in
            .updates(["done": .bool(context.view.memory["human_decision"] == "approved")])
        }
        return world
    }
}

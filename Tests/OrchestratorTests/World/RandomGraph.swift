import FoundationEssentials
import JSONModel
import Orchestrator

extension WorkflowGraph {
    /// A graph of a few nodes of random kinds with random edges; the same for the same seed.
    static func random(seed: UInt64) -> WorkflowGraph {
        var numbers = SeededNumbers(seed: seed)
        let count = Int.random(in: 2...7, using: &numbers)
        let names = (0..<count).map { "n\($0)" }
        var nodes: [GraphNode] = [.agent("item", agentID: "any")]
        var edges: [GraphEdge] = []
        for (index, name) in names.enumerated() {
            nodes.append(node(name, names, &numbers))
            for position in 0..<Int.random(in: 1...3, using: &numbers) {
                let target = names[Int.random(in: 0..<count, using: &numbers)]
                let limit = Int.random(in: 1...9, using: &numbers)
                edges.append(
                    GraphEdge(
                        from: name, to: target, when: .when("memory.sum mod 10 < \(limit)"),
                        id: "\(index)-\(position)"))
            }
            if Bool.random(using: &numbers) {
                edges.append(GraphEdge(from: name, to: names[(index + 1) % count], id: "\(index)-last"))
            }
        }
        return WorkflowGraph(
            name: "random \(seed)", nodes: nodes, edges: edges, startNode: names[0],
            endNodes: [names[count - 1]])
    }

    private static func node(
        _ name: String, _ names: [String], _ numbers: inout SeededNumbers
    ) -> GraphNode {
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0: return .router(name)
        case 1:
            let items = (0..<Int.random(in: 0...4, using: &numbers)).map { JSONValue.number($0) }
            return .map(name, MapConfig(workerNodeID: "item", staticItems: items, maxConcurrency: 1))
        case 2:
            return .supervisor(name, SupervisorConfig(managedNodes: names, agentID: "boss", maxIterations: 3))
        default:
            var node = GraphNode.agent(name, agentID: "any")
            node.failurePolicy = FailurePolicy(maxRetries: 2)
            return node
        }
    }
}

extension RunnerWorld {
    /// A world with a random graph, whose handlers depend on nothing but the step.
    static func random(seed: UInt64) async throws -> RunnerWorld {
        let world = try await RunnerWorld(.random(seed: seed))
        world.on("any") { context in
            let step = context.node.id.utf8.reduce(Int(seed % 97) + context.iteration * 31) { $0 + Int($1) }
            if step % 23 == 0 { throw SampleFailure(partialUsage: NodeUsage(inputTokens: 1)) }
            let sum = (context.view.memory["sum"]?.intValue ?? 0) + step % 7
            return .updates(
                ["sum": .number(sum), .init("k\(step % 5)"): .number(context.iteration)],
                usage: NodeUsage(inputTokens: step % 11, costUSD: Double(step % 3), model: "m\(step % 2)"))
        }
        world.on("boss") { context in
            let managed = context.node.supervisorConfig?.managedNodes ?? []
            let choice = (context.iteration + Int(seed % 13)) % (managed.count + 1)
            return choice == managed.count
                ? .complete(reason: "enough") : .handoff(to: managed[choice], reasoning: "next")
        }
        return world
    }
}

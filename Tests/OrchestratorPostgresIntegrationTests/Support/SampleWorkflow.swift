import Foundation
import JSONModel
import Orchestrator
import StoreContracts

/// A workflow with a map, a loop and a supervisor, and handlers that compute the same on every machine.
enum SampleWorkflow {
    static let graph = WorkflowGraph(
        name: "sample",
        nodes: [
            .agent("start", agentID: "start"),
            .map("fan", MapConfig(workerNodeID: "item", itemsPath: "$.memory.items", maxConcurrency: 2)),
            .agent("item", agentID: "item"), .agent("loop", agentID: "loop"), .agent("end", agentID: "end"),
        ],
        edges: [
            GraphEdge(from: "start", to: "fan"), GraphEdge(from: "fan", to: "loop"),
            GraphEdge(from: "loop", to: "loop", when: .when("memory.rounds < 3")),
            GraphEdge(from: "loop", to: "end"),
        ], startNode: "start", endNodes: ["end"])

    static var handlers: HandlerRegistry {
        var registry = HandlerRegistry()
        registry.register("start") { _ in
            .updates(["items": [1, 2, 3]], usage: NodeUsage(inputTokens: 10, outputTokens: 5))
        }
        registry.register("item") { context in
            .updates(["double": .number((context.mapItem?.value.intValue ?? 0) * 2)])
        }
        registry.register("loop") { context in
            try await Task.sleep(for: .milliseconds(10))
            return .updates(["rounds": .number((context.view.memory["rounds"]?.intValue ?? 0) + 1)])
        }
        registry.register("end") { _ in .updates(["done": true]) }
        return registry
    }

    /// The actions of a run that went well, by node.
    static let actions = ["start", "fan", "loop", "loop", "loop", "end"]
}

extension Backend {
    /// What is wrong with a run of the sample workflow that should have ended well; nil if nothing is.
    func flaw(of run: UUID) async throws -> String? {
        let events = try await provider.loadEvents(runID: run)
        guard events.map(\.sequenceID) == Array(0..<events.count) else { return "the log has holes" }
        let actions = events.filter { $0.eventType == .actionDispatched }.map { $0.nodeID ?? "?" }
        guard actions == SampleWorkflow.actions else { return "the actions are \(actions)" }
        let snapshot = try await provider.loadLatestWorkflowState(runID: run)
        guard snapshot?.status == .completed, snapshot?.memory["done"] == true else {
            return "it did not end"
        }
        guard snapshot?.totalTokensUsed == 15 else { return "usage was lost or counted twice" }
        let fold = try replay(events, graphID: SampleWorkflow.graph.id)
        guard fold == snapshot else { return "the fold of the log is not the snapshot" }
        return nil
    }
}

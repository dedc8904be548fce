import Orchestrator

extension WorkflowGraph {
    /// Agents in a row, each with a handler of its own name.
    static func chain(_ names: String...) -> WorkflowGraph {
        let edges = zip(names, names.dropFirst()).map { GraphEdge(from: $0, to: $1) }
        return WorkflowGraph(
            name: "chain", nodes: names.map { .agent($0, agentID: $0) }, edges: edges, startNode: names[0],
            endNodes: [names[names.count - 1]])
    }
}

extension FailurePolicy {
    /// One attempt only.
    static let once = FailurePolicy(maxRetries: 1)
}

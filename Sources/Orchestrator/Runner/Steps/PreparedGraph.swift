/// A graph made ready once for any number of runs.
struct PreparedGraph: Sendable {
    let index: GraphIndex
    /// What keeps the graph from running; empty for a valid one.
    let problems: [GraphProblem]

    init(_ graph: WorkflowGraph) {
        index = GraphIndex(graph)
        problems = graph.problems()
    }
}

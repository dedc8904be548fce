/// Collects what may be wrong with a graph that can run.
struct GraphReview {
    private let graph: WorkflowGraph
    private let nodes: [String: GraphNode]
    private let targets: [String: [String]]
    private var warnings: [GraphWarning] = []

    init(_ graph: WorkflowGraph) {
        self.graph = graph
        nodes = Dictionary(graph.nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        targets = Dictionary(grouping: graph.edges, by: \.source).mapValues { $0.map(\.target) }
    }

    mutating func review() -> [GraphWarning] {
        let hasSupervisor = graph.nodes.contains { $0.type == .supervisor }
        if graph.endNodes.isEmpty, !hasSupervisor { warnings.append(.noEnd) }
        if graph.endNodes.isEmpty, hasCycle { warnings.append(.cycleWithoutEnd) }
        for edge in graph.edges { review(edge) }
        reviewReachability()
        for node in graph.nodes { review(node) }
        if !graph.areKeysStrict { reviewReadKeys() }
        return warnings
    }

    private mutating func review(_ edge: GraphEdge) {
        if edge.source == edge.target { warnings.append(.selfEdge(edge.id)) }
        guard edge.condition.type == EdgeCondition.conditional else { return }
        guard let text = edge.condition.expression, !text.isEmpty else {
            warnings.append(.emptyCondition(edge: edge.id))
            return
        }
        let names = (try? ConditionExpression(text))?.literalNames ?? []
        for name in names { warnings.append(.literalName(edge: edge.id, name: name)) }
    }

    private mutating func review(_ node: GraphNode) {
        if node.readKeys.contains("*") {
            warnings.append(.wildcardKeys(node: node.id, field: "read_keys"))
        }
        if node.writeKeys.contains("*") {
            warnings.append(.wildcardKeys(node: node.id, field: "write_keys"))
        }
        guard node.type == .supervisor, let config = node.supervisorConfig else { return }
        let connected = Set(targets[node.id] ?? [])
        for managed in config.managedNodes {
            if managed == node.id {
                warnings.append(.managesItself(supervisor: node.id))
            } else if !connected.contains(managed) {
                warnings.append(.unconnectedManagedNode(supervisor: node.id, node: managed))
            }
        }
    }

    /// Follows edges and what nodes name: managed nodes, workers, synthesizers, rejection branches.
    private mutating func reviewReachability() {
        var reached: Set<String> = []
        var pending = [graph.startNode]
        while let id = pending.popLast() {
            guard nodes[id] != nil, reached.insert(id).inserted else { continue }
            pending += (targets[id] ?? []) + named(by: id)
        }
        let helpers = Set(
            graph.nodes.compactMap(\.mapConfig).flatMap { [$0.workerNodeID, $0.synthesizerNodeID] })
        let ends = Set(graph.endNodes)
        for node in graph.nodes {
            if !reached.contains(node.id) { warnings.append(.unreachable(node: node.id)) }
            let leadsOn = targets[node.id] != nil || node.type == .supervisor
            if !leadsOn, !ends.contains(node.id), !helpers.contains(node.id) {
                warnings.append(.deadEnd(node: node.id))
            }
        }
    }

    private func named(by id: String) -> [String] {
        guard let node = nodes[id] else { return [] }
        let config = node.mapConfig
        return (node.supervisorConfig?.managedNodes ?? [])
            + [config?.workerNodeID, config?.synthesizerNodeID, node.approvalConfig?.rejectionNodeID]
            .compactMap { $0 }
    }

    private mutating func reviewReadKeys() {
        for (node, key) in graph.danglingReadKeys {
            warnings.append(.danglingReadKey(node: node, key: key))
        }
    }

    /// Tells whether the edges form a cycle: whether nodes stay when those without incoming edges are taken away.
    private var hasCycle: Bool {
        var incoming: [String: Int] = [:]
        for edge in graph.edges { incoming[edge.target, default: 0] += 1 }
        var pending = Set(graph.edges.map(\.source)).filter { incoming[$0] == nil }
        var removed = 0
        while let id = pending.popFirst() {
            for target in targets[id] ?? [] {
                removed += 1
                incoming[target, default: 0] -= 1
                if incoming[target] == 0 { pending.insert(target) }
            }
        }
        return removed < graph.edges.count
    }
}

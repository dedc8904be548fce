import JSONModel

/// Collects everything that keeps a graph from running.
struct GraphValidator {
    private let graph: WorkflowGraph
    private var nodes: [String: GraphNode] = [:]
    private var problems: [GraphProblem] = []

    init(_ graph: WorkflowGraph) {
        self.graph = graph
    }

    mutating func validate() -> [GraphProblem] {
        check(graph.nodes.count <= WorkflowGraph.maxElements, .range(nil, "nodes", "at most 10000"))
        check(graph.edges.count <= WorkflowGraph.maxElements, .range(nil, "edges", "at most 10000"))
        check(graph.endNodes.count <= WorkflowGraph.maxElements, .range(nil, "end_nodes", "at most 10000"))
        check((graph.inputs?.count ?? 0) <= WorkflowGraph.maxPorts, .range(nil, "inputs", "at most 1000"))
        check((graph.outputs?.count ?? 0) <= WorkflowGraph.maxPorts, .range(nil, "outputs", "at most 1000"))
        for node in graph.nodes {
            let isNew = nodes.updateValue(node, forKey: node.id) == nil
            check(isNew, .duplicateNode(node.id))
        }
        check(nodes[graph.startNode] != nil, .missingStartNode(graph.startNode))
        for id in graph.endNodes { check(nodes[id] != nil, .missingEndNode(id)) }
        checkEdges()
        for node in graph.nodes {
            checkCommon(node)
            checkKind(node)
        }
        if graph.areKeysStrict {
            problems += graph.danglingReadKeys.map { .danglingReadKey(node: $0.node, key: $0.key) }
        }
        return problems
    }

    private mutating func checkEdges() {
        var ids: Set<String> = []
        for edge in graph.edges {
            check(ids.insert(edge.id).inserted, .duplicateEdge(edge.id))
            check(nodes[edge.source] != nil, .missingEdgeSource(edge: edge.id, node: edge.source))
            check(nodes[edge.target] != nil, .missingEdgeTarget(edge: edge.id, node: edge.target))
            guard edge.condition.type == EdgeCondition.conditional,
                let text = edge.condition.expression, !text.isEmpty
            else { continue }
            do {
                _ = try ConditionExpression(text)
            } catch {
                problems.append(.malformedCondition(edge: edge.id, reason: error.description))
            }
        }
    }

    private mutating func checkCommon(_ node: GraphNode) {
        if let key = node.defaultWriteKey {
            let isGranted = node.writeKeys.contains { $0 == key || $0 == "*" }
            check(isGranted, .defaultWriteKeyNotGranted(node: node.id, key: key))
        }
        check(node.readKeys.count <= 1000, .range(node, "read_keys", "at most 1000"))
        check(node.writeKeys.count <= 1000, .range(node, "write_keys", "at most 1000"))
        if let tokens = node.budget?.maxTokens {
            check(tokens > 0, .range(node, "budget.max_tokens", "above 0"))
        }
        if let cost = node.budget?.maxCostUSD {
            check(cost > 0, .range(node, "budget.max_cost_usd", "above 0"))
        }
        let policy = node.failurePolicy
        check(policy.maxRetries, in: 0...10, node, "failure_policy.max_retries")
        check(policy.initialBackoff, in: 0...600_000, node, "failure_policy.initial_backoff_ms")
        check(policy.maxBackoff, in: 0...3_600_000, node, "failure_policy.max_backoff_ms")
        if let timeout = policy.timeout {
            check(timeout, in: 1...86_400_000, node, "failure_policy.timeout_ms")
        }
        guard let breaker = policy.circuitBreaker else { return }
        check(breaker.failureThreshold, in: 1...1000, node, "circuit_breaker.failure_threshold")
        check(breaker.successThreshold, in: 1...1000, node, "circuit_breaker.success_threshold")
        check(breaker.timeout, in: 0...3_600_000, node, "circuit_breaker.timeout_ms")
    }

    private mutating func checkKind(_ node: GraphNode) {
        check(
            NodeType.executable.contains(node.type),
            .unsupportedNodeType(node: node.id, type: node.type.rawValue))
        switch node.type {
        case .agent: check(node.resolvedHandlerID != nil, .missingField(node: node.id, field: "agent_id"))
        case .tool: check(node.resolvedHandlerID != nil, .missingField(node: node.id, field: "tool_id"))
        case .approval: checkApproval(node)
        case .map: checkMap(node)
        case .supervisor: checkSupervisor(node)
        case .voting: checkBlock(node, "voting_config")
        case .verifier: checkBlock(node, "verifier_config")
        case .subgraph: checkBlock(node, "subgraph_config")
        default: break
        }
    }

    private mutating func checkBlock(_ node: GraphNode, _ field: String) {
        check(node.additionalFields[field] != nil, .missingField(node: node.id, field: field))
    }

    private mutating func checkApproval(_ node: GraphNode) {
        guard let config = node.approvalConfig else {
            problems.append(.missingField(node: node.id, field: "approval_config"))
            return
        }
        check(config.timeout, in: 1...2_592_000_000, node, "approval_config.timeout_ms")
        checkReference(node, "approval_config.rejection_node_id", config.rejectionNodeID)
    }

    private mutating func checkMap(_ node: GraphNode) {
        guard let config = node.mapConfig else {
            problems.append(.missingField(node: node.id, field: "map_reduce_config"))
            return
        }
        checkReference(node, "map_reduce_config.worker_node_id", config.workerNodeID)
        checkReference(node, "map_reduce_config.synthesizer_node_id", config.synthesizerNodeID)
        if let worker = nodes[config.workerNodeID] {
            check(
                worker.type == .agent || worker.type == .tool,
                .unsupportedWorker(node: node.id, worker: worker.id))
        }
        check(config.maxConcurrency, in: 1...50, node, "map_reduce_config.max_concurrency")
        check(config.maxItems, in: 1...1000, node, "map_reduce_config.max_items")
        check(config.staticItems?.count ?? 0, in: 0...1000, node, "map_reduce_config.static_items")
        if let timeout = config.taskTimeout {
            check(
                timeout >= .milliseconds(1), .range(node, "map_reduce_config.task_timeout_ms", "at least 1"))
        }
    }

    private mutating func checkSupervisor(_ node: GraphNode) {
        guard let config = node.supervisorConfig else {
            problems.append(.missingField(node: node.id, field: "supervisor_config"))
            return
        }
        check(node.resolvedHandlerID != nil, .missingField(node: node.id, field: "agent_id"))
        check(config.maxIterations, in: 1...1000, node, "supervisor_config.max_iterations")
        check(config.managedNodes.count, in: 0...200, node, "supervisor_config.managed_nodes")
        for managed in config.managedNodes {
            checkReference(node, "supervisor_config.managed_nodes", managed)
        }
    }

    private mutating func checkReference(_ node: GraphNode, _ field: String, _ target: String?) {
        guard let target, nodes[target] == nil else { return }
        problems.append(.missingReference(node: node.id, field: field, target: target))
    }

    private mutating func check(_ holds: Bool, _ problem: GraphProblem) {
        if !holds { problems.append(problem) }
    }

    private mutating func check(
        _ value: Int, in range: ClosedRange<Int>, _ node: GraphNode, _ field: String
    ) {
        check(range.contains(value), .range(node, field, "\(range.lowerBound) to \(range.upperBound)"))
    }

    private mutating func check(
        _ value: Duration, in range: ClosedRange<Int>, _ node: GraphNode, _ field: String
    ) {
        let allowed = Duration.milliseconds(range.lowerBound)...Duration.milliseconds(range.upperBound)
        check(allowed.contains(value), .range(node, field, "\(range.lowerBound) to \(range.upperBound)"))
    }
}

extension GraphProblem {
    fileprivate static func range(_ node: GraphNode?, _ field: String, _ allowed: String) -> GraphProblem {
        .outOfRange(node: node?.id, field: field, allowed: allowed)
    }
}

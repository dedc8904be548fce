extension GraphNode {
    /// Creates a node that calls the handler of an agent.
    public static func agent(
        _ id: String, agentID: String, reads: [String] = ["*"], writes: [String] = ["*"],
        failurePolicy: FailurePolicy = FailurePolicy()
    ) -> GraphNode {
        var node = GraphNode(id: id, type: .agent, reads: reads, writes: writes, failurePolicy: failurePolicy)
        node.agentID = agentID
        return node
    }

    /// Creates a node that calls the handler of a tool; its result goes to `<id>_result`.
    public static func tool(
        _ id: String, toolID: String, reads: [String] = ["*"], writes: [String] = [],
        failurePolicy: FailurePolicy = FailurePolicy()
    ) -> GraphNode {
        var node = GraphNode(id: id, type: .tool, reads: reads, writes: writes, failurePolicy: failurePolicy)
        node.toolID = toolID
        return node
    }

    /// Creates a node that only hosts conditional edges.
    public static func router(_ id: String) -> GraphNode {
        GraphNode(id: id, type: .router)
    }

    /// Creates a node that pauses until a person decides.
    public static func approval(_ id: String, _ config: ApprovalConfig = ApprovalConfig()) -> GraphNode {
        var node = GraphNode(id: id, type: .approval)
        node.readKeys = config.reviewKeys
        node.approvalConfig = config
        return node
    }

    /// Creates a node that runs a worker node over many items.
    public static func map(
        _ id: String, _ config: MapConfig, reads: [String] = ["*"], writes: [String] = [],
        failurePolicy: FailurePolicy = FailurePolicy()
    ) -> GraphNode {
        var node = GraphNode(id: id, type: .map, reads: reads, writes: writes, failurePolicy: failurePolicy)
        node.mapConfig = config
        return node
    }

    /// Creates a node whose handler chooses the next of its managed nodes.
    public static func supervisor(
        _ id: String, _ config: SupervisorConfig, reads: [String] = ["*"], writes: [String] = [],
        failurePolicy: FailurePolicy = FailurePolicy()
    ) -> GraphNode {
        var node = GraphNode(
            id: id, type: .supervisor, reads: reads, writes: writes, failurePolicy: failurePolicy)
        node.supervisorConfig = config
        return node
    }

    private init(
        id: String, type: NodeType, reads: [String], writes: [String], failurePolicy: FailurePolicy
    ) {
        self.init(id: id, type: type)
        readKeys = reads
        writeKeys = writes
        self.failurePolicy = failurePolicy
    }
}

public import JSONModel

/// Configures a supervisor node.
public struct SupervisorConfig: Sendable, Hashable {
    /// The agent that decides; nil means the node's own `agent_id`.
    public var agentID: String?
    /// The nodes that it may choose.
    ///
    /// At most 200.
    public var managedNodes: [String]
    /// How many handoffs it has; then the run completes.
    ///
    /// 1 to 1,000.
    public var maxIterations: Int
    /// JSON keys that this version does not know, verbatim.
    public var additionalFields: JSONObject = [:]

    /// Creates a configuration.
    public init(managedNodes: [String], agentID: String? = nil, maxIterations: Int = 10) {
        self.agentID = agentID
        self.managedNodes = managedNodes
        self.maxIterations = maxIterations
    }
}

extension SupervisorConfig: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        self.init(
            managedNodes: try fields.value("managed_nodes", default: []),
            agentID: try fields.optional("agent_id"),
            maxIterations: try fields.value("max_iterations", default: 10))
        additionalFields = fields.remaining
    }

    package var json: JSONValue {
        var fields = FieldWriter(additionalFields)
        fields.write(agentID, as: "agent_id")
        fields.write(managedNodes, as: "managed_nodes")
        fields.write(maxIterations, as: "max_iterations")
        return fields.json
    }
}

public import FoundationEssentials
public import JSONModel

/// Says who did an action, when, and what it used.
public struct ActionMetadata: Sendable, Equatable {
    /// The node that acted.
    public var nodeID: String
    /// The agent that acted, if one did.
    public var agentID: String?
    /// When; the only clock that reducers see.
    ///
    /// Kept to the millisecond.
    public var timestamp: Date
    /// The attempt that succeeded, from 1.
    public var attempt: Int
    /// How long the node executed.
    public var duration: Duration?
    /// The model that was called.
    public var model: String?
    /// What the execution used.
    public var tokenUsage: TokenUsage?
    /// The tools that were called.
    public var toolExecutions: [ToolExecution]?
    /// JSON keys that this version does not know, verbatim.
    public var additionalFields: JSONObject = [:]

    /// Creates metadata from its fields.
    public init(
        nodeID: String, agentID: String? = nil, timestamp: Date, attempt: Int = 1, duration: Duration? = nil,
        model: String? = nil, tokenUsage: TokenUsage? = nil, toolExecutions: [ToolExecution]? = nil
    ) {
        self.nodeID = nodeID
        self.agentID = agentID
        self.timestamp = timestamp.wholeMilliseconds
        self.attempt = attempt
        self.duration = duration
        self.model = model
        self.tokenUsage = tokenUsage
        self.toolExecutions = toolExecutions
    }
}

extension ActionMetadata: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        self.init(
            nodeID: try fields.required("node_id"),
            agentID: try fields.optional("agent_id"),
            timestamp: try fields.required("timestamp"),
            attempt: try fields.value("attempt", default: 1),
            duration: try fields.optional("duration_ms"),
            model: try fields.optional("model"),
            tokenUsage: try fields.optional("token_usage"),
            toolExecutions: try fields.optional("tool_executions"))
        additionalFields = fields.remaining
    }

    package var json: JSONValue {
        var fields = FieldWriter(additionalFields)
        fields.write(nodeID, as: "node_id")
        fields.write(agentID, as: "agent_id")
        fields.write(timestamp, as: "timestamp")
        fields.write(attempt, as: "attempt")
        fields.write(duration, as: "duration_ms")
        fields.write(model, as: "model")
        fields.write(tokenUsage, as: "token_usage")
        fields.write(toolExecutions, as: "tool_executions")
        return fields.json
    }
}

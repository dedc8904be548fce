package import JSONModel

/// Records which facts of the memory were given to one node execution.
public struct LessonProvenanceEntry: Sendable, Equatable {
    /// The node that received them.
    public var nodeID: String
    /// The agent that received them, if an agent did.
    public var agentID: String?
    /// The facts' ids, in the order of retrieval.
    public var factIDs: [String]
    /// When they were retrieved: ISO 8601 text, kept verbatim.
    public var retrievedAt: String

    /// Creates an entry from its fields.
    public init(nodeID: String, agentID: String? = nil, factIDs: [String], retrievedAt: String) {
        self.nodeID = nodeID
        self.agentID = agentID
        self.factIDs = factIDs
        self.retrievedAt = retrievedAt
    }
}

extension LessonProvenanceEntry: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        nodeID = try fields.required("node_id")
        agentID = try fields.optional("agent_id")
        factIDs = try fields.required("fact_ids")
        retrievedAt = try fields.required("retrieved_at")
    }

    package var json: JSONValue {
        var fields = FieldWriter()
        fields.write(nodeID, as: "node_id")
        fields.write(agentID, as: "agent_id")
        fields.write(factIDs, as: "fact_ids")
        fields.write(retrievedAt, as: "retrieved_at")
        return fields.json
    }
}

public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// Where a record comes from.
public struct Provenance: Hashable, Sendable {
    /// What kind of source made the record.
    public enum Source: String, Hashable, Sendable, CaseIterable {
        case agent
        case tool
        case human
        case system
        case derived
    }

    /// The kind of source.
    public var source: Source
    /// The agent that made it.
    public var agentID: String?
    /// The tool that made it.
    public var toolName: String?
    /// The run in which it was made.
    public var runID: String?
    /// The node of the run.
    public var nodeID: String?
    /// How sure the source was, 0 to 1.
    public var confidence: Double?
    /// When it was made.
    public var createdAt: Date

    /// Describes a source.
    public init(
        source: Source, agentID: String? = nil, toolName: String? = nil, runID: String? = nil,
        nodeID: String? = nil, confidence: Double? = nil, createdAt: Date
    ) {
        self.source = source
        self.agentID = agentID
        self.toolName = toolName
        self.runID = runID
        self.nodeID = nodeID
        self.confidence = confidence
        self.createdAt = createdAt
    }

    /// Reads the JSON form with snake_case keys; unknown keys are ignored.
    ///
    /// - Throws: `invalidArgument` with the field.
    public init(json: JSONValue) throws(StoreError) {
        let fields = try RecordFields(json, path: "provenance")
        self.init(
            source: try fields.required(
                fields.optional("source", "a known source") {
                    $0.stringValue.flatMap(Source.init(rawValue:))
                },
                "source"),
            agentID: try fields.text("agent_id"), toolName: try fields.text("tool_name"),
            runID: try fields.text("run_id"), nodeID: try fields.text("node_id"),
            confidence: try fields.double("confidence"),
            createdAt: try fields.required(fields.date("created_at"), "created_at"))
        try validate()
    }

    /// The JSON form; absent fields are left out.
    public var json: JSONValue {
        var object: JSONObject = ["source": .string(source.rawValue)]
        object.write(agentID.map { .string($0) }, as: "agent_id")
        object.write(toolName.map { .string($0) }, as: "tool_name")
        object.write(runID.map { .string($0) }, as: "run_id")
        object.write(nodeID.map { .string($0) }, as: "node_id")
        object.write(confidence.map { .number($0) }, as: "confidence")
        object["created_at"] = createdAt.memoryJSON
        return .object(object)
    }

    func validate() throws(StoreError) {
        try RecordRules.share(confidence, "provenance.confidence")
        try RecordRules.texts([agentID, toolName, runID, nodeID].compactMap { $0 }, "provenance")
    }

    var stored: Provenance {
        var copy = self
        copy.createdAt = createdAt.memoryPrecision
        return copy
    }
}

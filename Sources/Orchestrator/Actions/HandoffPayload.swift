public import JSONModel

/// Hands the run from a supervisor to one of its nodes.
public struct HandoffPayload: Sendable, Equatable {
    /// The chosen node.
    public var nodeID: String
    /// The supervisor.
    public var supervisorID: String
    /// Its reason.
    public var reasoning: String
    /// Facts that were given to the supervisor.
    public var lessonProvenance: [String: LessonProvenanceEntry]
    /// Updates of the shared memory.
    public var memoryUpdates: JSONObject

    /// Creates a payload from its fields.
    public init(
        nodeID: String, supervisorID: String, reasoning: String,
        lessonProvenance: [String: LessonProvenanceEntry] = [:], memoryUpdates: JSONObject = [:]
    ) {
        self.nodeID = nodeID
        self.supervisorID = supervisorID
        self.reasoning = reasoning
        self.lessonProvenance = lessonProvenance
        self.memoryUpdates = memoryUpdates
    }

    init(_ payload: JSONObject) throws(WorkflowShapeError) {
        var fields = FieldReader(payload)
        nodeID = try fields.required("node_id")
        supervisorID = try fields.required("supervisor_id")
        reasoning = try fields.required("reasoning")
        lessonProvenance = try fields.value("lesson_provenance", default: [:])
        memoryUpdates = try fields.value("memory_updates", default: [:])
    }

    var fields: JSONObject {
        var fields = FieldWriter()
        fields.write(nodeID, as: "node_id")
        fields.write(supervisorID, as: "supervisor_id")
        fields.write(reasoning, as: "reasoning")
        if !lessonProvenance.isEmpty { fields.write(lessonProvenance, as: "lesson_provenance") }
        if !memoryUpdates.isEmpty { fields.write(memoryUpdates, as: "memory_updates") }
        return fields.fields
    }
}

public import JSONModel

/// Applies a person's decision to a waiting run.
public struct HumanResumption: Sendable, Equatable {
    /// The decision; becomes `memory.human_decision`.
    public var decision: HumanDecision
    /// What the person gave with it; becomes `memory.human_response`.
    public var response: JSONValue?
    /// Updates of the shared memory, merged over the two above.
    public var memoryUpdates: JSONObject

    /// Creates a resumption from its fields.
    public init(
        decision: HumanDecision, response: JSONValue? = nil, memoryUpdates: JSONObject = [:]
    ) {
        self.decision = decision
        self.response = response
        self.memoryUpdates = memoryUpdates
    }

    init(_ payload: JSONObject) throws(WorkflowShapeError) {
        var fields = FieldReader(payload)
        decision = try fields.required("decision")
        // A response of null is a response: it is written to memory.
        response = fields.verbatim("response")
        memoryUpdates = try fields.value("memory_updates", default: [:])
    }

    var fields: JSONObject {
        var fields = FieldWriter()
        fields.write(decision, as: "decision")
        fields.write(response, as: "response")
        if !memoryUpdates.isEmpty { fields.write(memoryUpdates, as: "memory_updates") }
        return fields.fields
    }
}

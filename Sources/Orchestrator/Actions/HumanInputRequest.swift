public import JSONModel

/// Pauses the run until somebody or something answers.
public struct HumanInputRequest: Sendable, Equatable {
    /// What the run waits for; nil means a person's decision.
    public var waitingFor: WaitingReason?
    /// How long it waits; nil and zero mean a day.
    public var timeout: Duration?
    /// What the reviewer gets to see.
    public var pendingApproval: JSONValue?
    /// Updates of the shared memory.
    public var memoryUpdates: JSONObject

    /// Creates a request from its fields.
    public init(
        waitingFor: WaitingReason? = nil, timeout: Duration? = nil, pendingApproval: JSONValue? = nil,
        memoryUpdates: JSONObject = [:]
    ) {
        self.waitingFor = waitingFor
        self.timeout = timeout
        self.pendingApproval = pendingApproval
        self.memoryUpdates = memoryUpdates
    }

    init(_ payload: JSONObject) throws(WorkflowShapeError) {
        var fields = FieldReader(payload)
        waitingFor = try fields.optional("waiting_for")
        timeout = try fields.optional("timeout_ms")
        pendingApproval = try fields.optional("pending_approval")
        memoryUpdates = try fields.value("memory_updates", default: [:])
    }

    var fields: JSONObject {
        var fields = FieldWriter()
        fields.write(waitingFor, as: "waiting_for")
        fields.write(timeout, as: "timeout_ms")
        fields.write(pendingApproval, as: "pending_approval")
        if !memoryUpdates.isEmpty { fields.write(memoryUpdates, as: "memory_updates") }
        return fields.fields
    }
}

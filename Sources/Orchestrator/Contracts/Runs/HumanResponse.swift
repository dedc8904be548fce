import FoundationEssentials
public import JSONModel
public import StoreContracts

/// A person's answer to a paused run.
public struct HumanResponse: Hashable, Sendable {
    /// What was decided.
    public var decision: HumanDecision
    /// Anything that goes with the decision; it becomes `memory.human_response`.
    public var data: JSONValue?
    /// Memory keys to set.
    public var memoryUpdates: JSONObject?
    /// The pause that the answer is for; nil: whichever the run is at.
    public var approvalID: String?
    /// Names this answer: one that was applied is not applied again.
    public var responseKey: String?

    /// Creates an answer.
    public init(
        _ decision: HumanDecision, data: JSONValue? = nil, memoryUpdates: JSONObject? = nil,
        approvalID: String? = nil, responseKey: String? = nil
    ) {
        self.decision = decision
        self.data = data
        self.memoryUpdates = memoryUpdates
        self.approvalID = approvalID
        self.responseKey = responseKey
    }

    /// Reads the wire form.
    ///
    /// - Throws: `invalidArgument` if it is not an object with a known decision.
    public init(json: JSONValue) throws(StoreError) {
        let known: [HumanDecision] = [.approved, .rejected, .edited]
        guard let text = json["decision"]?.stringValue,
            let decision = known.first(where: { $0.rawValue == text })
        else {
            throw StoreError(
                .invalidArgument(name: "human_response"),
                cause: "it must be an object with decision approved, rejected or edited")
        }
        self.init(
            decision, data: json["data"], memoryUpdates: json["memory_updates"]?.objectValue,
            approvalID: json["approval_id"]?.stringValue, responseKey: json["response_key"]?.stringValue)
    }

    /// The wire form.
    public var json: JSONValue {
        var object: JSONObject = ["decision": .string(decision.rawValue)]
        object["data"] = data
        object["memory_updates"] = memoryUpdates.map { .object($0) }
        object["approval_id"] = approvalID.map { .string($0) }
        object["response_key"] = responseKey.map { .string($0) }
        return .object(object)
    }
}

public import JSONModel

/// Configures an approval node.
public struct ApprovalConfig: Sendable, Hashable {
    /// The kind of approval; only `human_review` is known.
    public var approvalType: String
    /// What the reviewer is asked.
    public var promptMessage: String
    /// The memory keys that the reviewer sees; `*` means everything that the node may read.
    public var reviewKeys: [String]
    /// How long to wait for the decision.
    ///
    /// At most 30 days.
    public var timeout: Duration
    /// Where a rejection leads; nil means that it cancels the run.
    public var rejectionNodeID: String?
    /// JSON keys that this version does not know, verbatim.
    public var additionalFields: JSONObject = [:]

    /// The question that is asked when a stored graph has none.
    public static let standardPrompt = "Please review and approve this workflow step."

    /// Creates a configuration.
    public init(
        promptMessage: String = standardPrompt, reviewKeys: [String] = ["*"],
        timeout: Duration = .seconds(86_400),
        rejectionNodeID: String? = nil, approvalType: String = "human_review"
    ) {
        self.approvalType = approvalType
        self.promptMessage = promptMessage
        self.reviewKeys = reviewKeys
        self.timeout = timeout
        self.rejectionNodeID = rejectionNodeID
    }
}

extension ApprovalConfig: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        self.init(
            promptMessage: try fields.value("prompt_message", default: Self.standardPrompt),
            reviewKeys: try fields.value("review_keys", default: ["*"]),
            timeout: try fields.value("timeout_ms", default: .seconds(86_400)),
            rejectionNodeID: try fields.optional("rejection_node_id"),
            approvalType: try fields.value("approval_type", default: "human_review"))
        additionalFields = fields.remaining
    }

    package var json: JSONValue {
        var fields = FieldWriter(additionalFields)
        fields.write(approvalType, as: "approval_type")
        fields.write(promptMessage, as: "prompt_message")
        fields.write(reviewKeys, as: "review_keys")
        fields.write(timeout, as: "timeout_ms")
        fields.write(rejectionNodeID, as: "rejection_node_id")
        return fields.json
    }
}

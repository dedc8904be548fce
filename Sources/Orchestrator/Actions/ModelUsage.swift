import JSONModel

/// Reports one model call of a run.
public struct ModelUsage: Sendable, Hashable {
    /// The model.
    public var model: String
    /// The node that called it, if known.
    public var nodeID: String?
    /// Tokens sent.
    public var inputTokens: Int
    /// Tokens received.
    public var outputTokens: Int
    /// Cost in US dollars.
    public var costUSD: Double

    /// Creates a report.
    public init(
        model: String, nodeID: String? = nil, inputTokens: Int = 0, outputTokens: Int = 0, costUSD: Double = 0
    ) {
        self.model = model
        self.nodeID = nodeID
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.costUSD = costUSD
    }

    init(_ payload: JSONObject) throws(WorkflowShapeError) {
        var fields = FieldReader(payload)
        model = try fields.required("model")
        nodeID = try fields.optional("node_id")
        inputTokens = payload.usageCount("input_tokens")
        outputTokens = payload.usageCount("output_tokens")
        costUSD = payload.usageAmount("cost_usd")
    }

    func write(to fields: inout FieldWriter) {
        fields.write(model, as: "model")
        fields.write(nodeID, as: "node_id")
        fields.write(inputTokens, as: "input_tokens")
        fields.write(outputTokens, as: "output_tokens")
        fields.write(costUSD, as: "cost_usd")
    }
}

extension JSONObject {
    /// A usage number that counts: zero for everything that is not a positive finite number.
    func usageAmount(_ key: String) -> Double {
        guard let value = self[key]?.doubleValue, value > 0 else { return 0 }
        return value
    }

    /// A token count that counts; see `usageAmount(_:)`.
    func usageCount(_ key: String) -> Int {
        guard case .number(let number)? = self[key], usageAmount(key) > 0 else { return 0 }
        return Swift.max(0, Int(clamping: number))
    }
}

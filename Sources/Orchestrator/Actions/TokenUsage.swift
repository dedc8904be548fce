package import JSONModel

/// Counts what one node execution used.
///
/// On the wire its keys are camelCase.
public struct TokenUsage: Sendable, Hashable {
    /// Tokens sent, if known.
    public var inputTokens: Int?
    /// Tokens received, if known.
    public var outputTokens: Int?
    /// Tokens in all.
    public var totalTokens: Int
    /// Cost in US dollars, if the handler knows it; else a price list decides.
    public var costUSD: Double?

    /// Creates a usage; without a total it is the sum of both sides.
    public init(
        inputTokens: Int? = nil, outputTokens: Int? = nil, totalTokens: Int? = nil, costUSD: Double? = nil
    ) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.totalTokens = totalTokens ?? (inputTokens ?? 0).addingClamped(outputTokens ?? 0)
        self.costUSD = costUSD
    }
}

extension TokenUsage: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        inputTokens = try fields.optional("inputTokens")
        outputTokens = try fields.optional("outputTokens")
        totalTokens = try fields.required("totalTokens")
        costUSD = try fields.optional("costUsd")
    }

    package var json: JSONValue {
        var fields = FieldWriter()
        fields.write(inputTokens, as: "inputTokens")
        fields.write(outputTokens, as: "outputTokens")
        fields.write(totalTokens, as: "totalTokens")
        fields.write(costUSD, as: "costUsd")
        return fields.json
    }
}

package import JSONModel

/// Bounds what one execution of a node may use.
public struct NodeBudget: Sendable, Hashable {
    /// The most tokens; above zero.
    public var maxTokens: Int?
    /// The highest cost in US dollars; above zero.
    public var maxCostUSD: Double?

    /// Creates a budget; nil means no limit.
    public init(maxTokens: Int? = nil, maxCostUSD: Double? = nil) {
        self.maxTokens = maxTokens
        self.maxCostUSD = maxCostUSD
    }
}

extension NodeBudget: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        maxTokens = try fields.optional("max_tokens")
        maxCostUSD = try fields.optional("max_cost_usd")
    }

    package var json: JSONValue {
        var fields = FieldWriter()
        fields.write(maxTokens, as: "max_tokens")
        fields.write(maxCostUSD, as: "max_cost_usd")
        return fields.json
    }
}

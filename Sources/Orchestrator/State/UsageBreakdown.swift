package import JSONModel

/// Sums what calls to one model, or from one node, have used.
public struct UsageBreakdown: Sendable, Hashable {
    /// Tokens sent, summed over the calls.
    public var inputTokens: Int
    /// Tokens received, summed over the calls.
    public var outputTokens: Int
    /// Cost in US dollars, summed over the calls.
    public var costUSD: Double
    /// Number of recorded calls.
    public var calls: Int

    /// Creates a breakdown; all zero by default.
    public init(inputTokens: Int = 0, outputTokens: Int = 0, costUSD: Double = 0, calls: Int = 0) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.costUSD = costUSD
        self.calls = calls
    }
}

extension UsageBreakdown: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        inputTokens = try fields.value("input_tokens", default: 0)
        outputTokens = try fields.value("output_tokens", default: 0)
        costUSD = try fields.value("cost_usd", default: 0)
        calls = try fields.value("calls", default: 0)
    }

    package var json: JSONValue {
        var fields = FieldWriter()
        fields.write(inputTokens, as: "input_tokens")
        fields.write(outputTokens, as: "output_tokens")
        fields.write(costUSD, as: "cost_usd")
        fields.write(calls, as: "calls")
        return fields.json
    }
}

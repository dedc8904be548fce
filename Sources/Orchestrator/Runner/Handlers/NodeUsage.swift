/// What an execution used.
public struct NodeUsage: Hashable, Sendable {
    /// Tokens sent.
    public var inputTokens: Int
    /// Tokens received.
    public var outputTokens: Int
    /// Tokens in all; nil: the sum of both sides.
    public var totalTokens: Int?
    /// Cost in US dollars; nil: the runner's price list decides.
    public var costUSD: Double?
    /// The model, if one was used.
    public var model: String?

    /// Creates a usage.
    public init(
        inputTokens: Int = 0, outputTokens: Int = 0, totalTokens: Int? = nil, costUSD: Double? = nil,
        model: String? = nil
    ) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.totalTokens = totalTokens
        self.costUSD = costUSD
        self.model = model
    }
}

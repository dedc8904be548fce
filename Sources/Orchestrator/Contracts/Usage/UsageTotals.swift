/// Sums of usage.
public struct UsageTotals: Hashable, Sendable {
    /// How many records, or for a model how many recorded calls.
    public var count: Int
    /// Tokens sent.
    public var inputTokens: Int
    /// Tokens received.
    public var outputTokens: Int
    /// What it cost, exactly.
    public var cost: USDAmount

    /// Creates sums; all zero by default.
    public init(count: Int = 0, inputTokens: Int = 0, outputTokens: Int = 0, cost: USDAmount = .zero) {
        self.count = count
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cost = cost
    }

    /// Adds what something else used.
    mutating func add(_ count: Int, _ input: Int, _ output: Int, _ cost: USDAmount) {
        self.count += count
        inputTokens += input
        outputTokens += output
        self.cost += cost
    }
}

public import FoundationEssentials
public import StoreContracts

/// What one piece of work has used.
public struct UsageRecord: Hashable, Sendable {
    /// The bound of a cost: amounts from here on are refused.
    public static let costBound = USDAmount(microdollars: 10_000_000_000)

    /// Names the record; a second record with this id is the same one.
    public var id: UUID
    /// The run that used it; nil once the run is deleted.
    public var runID: UUID?
    /// The key on whose account it was used.
    public var apiKeyID: UUID?
    /// The graph that the run executes; nil once the graph is deleted.
    public var graphID: UUID?
    /// Tokens sent.
    public var inputTokens: Int
    /// Tokens received.
    public var outputTokens: Int
    /// What it cost.
    public var cost: USDAmount
    /// The parts, by model; nil if they are not known.
    public var modelBreakdown: [String: UsageBreakdown]?
    /// How long it took, in whole milliseconds.
    public var duration: Duration?
    /// When the store took the record; nil in a record that is yet to be stored.
    public var createdAt: Date?

    /// Creates a record with an id of its own: keep it, and a retry after a lost answer bills once.
    public init(
        id: UUID = UUID(), runID: UUID?, apiKeyID: UUID? = nil, graphID: UUID? = nil, inputTokens: Int = 0,
        outputTokens: Int = 0, cost: USDAmount = .zero, modelBreakdown: [String: UsageBreakdown]? = nil,
        duration: Duration? = nil, createdAt: Date? = nil
    ) {
        self.id = id
        self.runID = runID
        self.apiKeyID = apiKeyID
        self.graphID = graphID
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cost = cost
        self.modelBreakdown = modelBreakdown
        self.duration = duration
        self.createdAt = createdAt
    }

    /// Creates a record whose cost is the shortest decimal of a `Double`, rounded to a millionth.
    ///
    /// - Throws: `invalidArgument` for a cost that is negative, not a number, or 10,000 dollars and more.
    public init(
        id: UUID = UUID(), runID: UUID?, apiKeyID: UUID? = nil, graphID: UUID? = nil, inputTokens: Int = 0,
        outputTokens: Int = 0, costUSD: Double, modelBreakdown: [String: UsageBreakdown]? = nil,
        duration: Duration? = nil
    ) throws(StoreError) {
        guard let cost = USDAmount(costUSD) else { throw Self.wrongCost }
        self.init(
            id: id, runID: runID, apiKeyID: apiKeyID, graphID: graphID, inputTokens: inputTokens,
            outputTokens: outputTokens, cost: cost, modelBreakdown: modelBreakdown, duration: duration)
        try validate()
    }

    private static let wrongCost = StoreError(
        .invalidArgument(name: "cost_usd"), cause: "it is not in 0...9999.999999")

    /// The place of this row in `listUsage(_:filter:)`; nil for a record that is yet to be stored.
    public var cursor: PageCursor? { createdAt.map { PageCursor(instant: $0, id: id) } }

    /// Checks the bounds that the columns have.
    ///
    /// - Throws: `invalidArgument` with the name of the field.
    package func validate() throws(StoreError) {
        let counts = 0...Int(Int32.max)
        guard counts.contains(inputTokens) else { throw Self.outOfRange("input_tokens") }
        guard counts.contains(outputTokens) else { throw Self.outOfRange("output_tokens") }
        guard cost >= .zero, cost < Self.costBound else { throw Self.wrongCost }
        if let duration {
            guard duration >= .zero, duration <= .milliseconds(counts.upperBound) else {
                throw Self.outOfRange("duration_ms")
            }
        }
        for usage in (modelBreakdown ?? [:]).values {
            let isCounted = usage.inputTokens >= 0 && usage.outputTokens >= 0 && usage.calls >= 0
            guard isCounted, let cost = USDAmount(usage.costUSD), cost >= .zero, cost < Self.costBound else {
                throw StoreError(
                    .invalidArgument(name: "model_breakdown"), cause: "a part is negative or out of range")
            }
        }
    }

    private static func outOfRange(_ name: String) -> StoreError {
        StoreError(.invalidArgument(name: name), cause: "it is not in 0...2147483647")
    }

    /// This record as it comes back from the store, but for its instant.
    package var stored: UsageRecord {
        var copy = self
        copy.duration = duration?.wholeMilliseconds
        copy.createdAt = nil
        copy.modelBreakdown = modelBreakdown.map { parts in
            Dictionary(parts.map { ($0.key.withoutZero, $0.value) }) { first, _ in first }
        }
        return copy
    }

    /// Whether a stored record is this one: runs and graphs that were deleted since do not matter.
    package func isSame(as stored: UsageRecord) -> Bool {
        var other = stored
        other.runID = stored.runID ?? runID
        other.graphID = stored.graphID ?? graphID
        return other.stored == self.stored
    }
}

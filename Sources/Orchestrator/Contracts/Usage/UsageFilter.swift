public import FoundationEssentials

/// Which usage to count; an absent field does not filter.
public struct UsageFilter: Hashable, Sendable {
    /// Only what this run used.
    public var runID: UUID?
    /// Only what runs of this graph used.
    public var graphID: UUID?
    /// Only what was used on this key's account.
    public var apiKeyID: UUID?
    /// Only what was stored at this instant or later.
    public var since: Date?
    /// Only what was stored before this instant.
    public var until: Date?

    /// Creates a filter.
    public init(
        runID: UUID? = nil, graphID: UUID? = nil, apiKeyID: UUID? = nil, since: Date? = nil,
        until: Date? = nil
    ) {
        self.runID = runID
        self.graphID = graphID
        self.apiKeyID = apiKeyID
        self.since = since
        self.until = until
    }
}

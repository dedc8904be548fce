/// By what usage is summed.
public enum UsageGrouping: String, Hashable, Sendable, CaseIterable {
    /// One sum for each run; what deleted runs used is one sum without a key.
    case run
    /// One sum for each graph; what runs of deleted graphs used is one sum without a key.
    case graph
    /// One sum for each model, of the parts of the records; records without parts are left out.
    case model
    /// One sum for each API key; what was used without one is one sum without a key.
    case apiKey = "api_key"
}

/// How many records of each kind a tenant has.
public struct MemoryCounts: Hashable, Sendable {
    /// Entities, given up ones included.
    public var entities = 0
    /// Edges, void ones included.
    public var relationships = 0
    /// Episodes.
    public var episodes = 0
    /// Facts, void ones included.
    public var facts = 0
    /// Facts that are not void.
    public var liveFacts = 0
    /// Themes.
    public var themes = 0

    /// Starts from nothing.
    public init() {}
}

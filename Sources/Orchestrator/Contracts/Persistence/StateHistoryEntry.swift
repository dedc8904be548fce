public import FoundationEssentials

/// One version of the state of a run, without the state itself.
public struct StateHistoryEntry: Hashable, Sendable {
    /// The version, contiguous from 1.
    public var version: Int
    /// The wire name of the status at that version.
    public var statusText: String
    /// The node at that version.
    public var currentNode: String?
    /// When the version was stored.
    public var createdAt: Date
    /// The tokens used up to that version; nil if the state does not say.
    public var totalTokensUsed: Double?

    /// Creates an entry.
    public init(
        version: Int, statusText: String, currentNode: String?, createdAt: Date, totalTokensUsed: Double?
    ) {
        self.version = version
        self.statusText = statusText
        self.currentNode = currentNode
        self.createdAt = createdAt
        self.totalTokensUsed = totalTokensUsed
    }
}

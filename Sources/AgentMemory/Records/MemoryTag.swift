/// The tags that have a meaning to this module; all others are free.
public enum MemoryTag {
    /// Facts with this tag are never retrieved unless asked for by it.
    public static let quarantined = "quarantined"
    /// A lesson that the gate has not decided on.
    public static let candidate = "candidate"
    /// A lesson that the gate has promoted.
    public static let verified = "verified"
}

/// The number of dimensions that the tables are migrated with unless another is asked for.
public let embeddingDimensions = 1536

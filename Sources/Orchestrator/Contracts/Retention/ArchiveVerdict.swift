/// What a look at one archive found.
public struct ArchiveVerdict: Hashable, Sendable {
    /// The archive.
    public var name: String
    /// What is wrong with it, in one sentence; nil if it can be restored.
    public var problem: String?

    /// Creates a verdict.
    public init(name: String, problem: String?) {
        self.name = name
        self.problem = problem
    }
}

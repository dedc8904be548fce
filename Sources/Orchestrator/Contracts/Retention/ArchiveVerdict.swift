/// What a look at one archive found.
public struct ArchiveVerdict: Hashable, Sendable {
    /// The archive.
    public var name: String
    /// What is wrong with it, in one sentence; nil if it can be restored.
    public var problem: String?
    /// Whether it is only what a sweep left that was interrupted, or that is under way: no archive, since its
    /// runs never left the tables.
    public var isLeftover: Bool

    /// Creates a verdict.
    public init(name: String, problem: String?, isLeftover: Bool = false) {
        self.name = name
        self.problem = problem
        self.isLeftover = isLeftover
    }
}

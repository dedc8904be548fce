/// What a restoration did.
public struct RestoreReport: Hashable, Sendable {
    /// How many runs were brought back.
    public var restored: Int
    /// How many of the wanted runs were in the tables already, and were left as they are.
    public var alreadyPresent: Int

    /// Creates a report.
    public init(restored: Int, alreadyPresent: Int) {
        self.restored = restored
        self.alreadyPresent = alreadyPresent
    }
}

/// What is taken for done in a database that another program migrated.
public struct MigrationAdoption: Sendable, Hashable {
    /// Versions that are recorded as adopted instead of being run.
    public var recorded: Set<Int>
    /// Versions whose objects must be there, compared before anything is recorded.
    public var compared: Set<Int>
    /// Kinds of objects that may differ, since migrations that still run replace them.
    public var ignoredKinds: Set<String>
    /// A remark for the ledger: which program, at which step.
    public var note: String

    /// Describes an adoption.
    public init(recorded: Set<Int>, compared: Set<Int>, ignoredKinds: Set<String> = [], note: String) {
        self.recorded = recorded
        self.compared = compared
        self.ignoredKinds = ignoredKinds
        self.note = note
    }
}

/// What a migrator would do with one migration.
public struct MigrationStep: Sendable, Hashable {
    /// What is to be done.
    public enum Action: String, Sendable, Hashable {
        /// Run it.
        case run
        /// Record that its group was left out.
        case skip
        /// Nothing: it is recorded as it should be.
        case none
    }

    /// The migration.
    public let migration: Migration
    /// What is to be done with it.
    public let action: Action
    /// What the ledger says of it; `nil` when nothing.
    public let recorded: LedgerEntry.State?

    /// Describes a step.
    public init(migration: Migration, action: Action, recorded: LedgerEntry.State?) {
        self.migration = migration
        self.action = action
        self.recorded = recorded
    }
}

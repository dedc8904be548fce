/// What a migrator reports while it applies.
public enum MigrationProgress: Sendable, Hashable {
    /// A migration begins; `remaining` counts it and those after it.
    case started(Migration, remaining: Int)
    /// A migration and its ledger row are committed.
    case applied(Migration, duration: Duration)
    /// A migration's group is left out, which is now recorded.
    case skipped(Migration)
    /// The server refused a migration that may be refused; the text says why.
    case refused(Migration, reason: String)
}

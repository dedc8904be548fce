/// What an embedded server does to keep committed data over a crash of the machine.
public enum EmbeddedPostgresDurability: Sendable, Equatable {
    /// PostgreSQL's own defaults: a commit that was acknowledged survives.
    case full

    /// `fsync`, `full_page_writes` and `synchronous_commit` are off: faster, and worthless for any test of
    /// durability. For ephemeral servers only.
    case none
}

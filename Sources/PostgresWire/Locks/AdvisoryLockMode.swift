/// Who may hold an advisory lock at the same time.
///
/// Source: PostgreSQL 18 manual, "Advisory Locks".
public enum AdvisoryLockMode: String, Sendable, CaseIterable {
    /// One holder.
    case exclusive
    /// Any number of holders, and no exclusive one.
    case shared

    /// How the names of the server's functions end.
    var suffix: String { self == .shared ? "_shared" : "" }
}

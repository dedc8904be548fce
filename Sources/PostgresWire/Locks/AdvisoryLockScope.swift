/// How long an advisory lock is held.
///
/// Source: PostgreSQL 18 manual, "Advisory Locks".
public enum AdvisoryLockScope: String, Sendable, CaseIterable {
    /// Until the transaction ends, however it ends; it cannot be released before.
    case transaction
    /// Until it is released or the session ends: a rollback does not release it.
    case session

    /// What the names of the server's functions hold.
    var infix: String { self == .transaction ? "xact_" : "" }
}

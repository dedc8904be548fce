/// Which server of several will do.
///
/// Source: PostgreSQL 18 manual, "Parameter Key Words", `target_session_attrs`.
public enum TargetSession: String, Sendable, CaseIterable {
    /// The first that lets us in.
    case any
    /// One whose sessions may write.
    case readWrite = "read-write"
    /// One whose sessions may only read.
    case readOnly = "read-only"
    /// One that is not in recovery.
    case primary
    /// One that is in recovery.
    case standby
    /// One in recovery, or else any.
    case preferStandby = "prefer-standby"
}

/// What became of an operation on a job.
public enum JobOutcome: String, Hashable, Sendable, CaseIterable {
    /// It was applied.
    case applied
    /// The job is held by another claim, or by none; nothing changed.
    case notOwned
    /// The job's status does not allow it; nothing changed.
    case wrongStatus
    /// There is no such job.
    case notFound
    /// It was applied, and the job was given up since its attempts are used up.
    case deadLettered

    /// Whether anything changed.
    public var wasApplied: Bool { self == .applied || self == .deadLettered }
}

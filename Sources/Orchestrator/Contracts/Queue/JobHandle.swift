public import FoundationEssentials

/// Names a job and, when given, the claim on it.
///
/// With a worker and an attempt, an operation applies only while that very claim holds: the same worker's later
/// claim of the job is another one. Without them it applies whoever holds the job.
public struct JobHandle: Hashable, Sendable {
    /// The job.
    public var jobID: UUID
    /// The worker that must hold it; nil: anyone.
    public var workerID: String?
    /// The attempt that must be the present one; nil: any.
    public var attempt: Int?

    /// Names a job.
    public init(jobID: UUID, workerID: String? = nil, attempt: Int? = nil) {
        self.jobID = jobID
        self.workerID = workerID
        self.attempt = attempt
    }
}

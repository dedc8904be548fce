public import FoundationEssentials

/// What became of one job's heartbeat.
public struct HeartbeatOutcome: Hashable, Sendable {
    /// The job.
    public var jobID: UUID
    /// Whether the claim was renewed; anything but `applied` means that this worker no longer holds the job.
    public var outcome: JobOutcome
    /// Whether somebody asked for the job's run to be cancelled.
    public var cancelRequested: Bool

    /// Creates an outcome.
    public init(jobID: UUID, outcome: JobOutcome, cancelRequested: Bool = false) {
        self.jobID = jobID
        self.outcome = outcome
        self.cancelRequested = cancelRequested
    }
}

public import FoundationEssentials

/// Something that happened to a worker or to a job that it held.
public struct WorkerEvent: Sendable {
    /// What happened.
    public enum Kind: Sendable {
        /// The worker started.
        case workerStarted
        /// The worker stopped.
        case workerStopped
        /// A job was claimed.
        case jobClaimed(epoch: Int, attempt: Int)
        /// The job is done; its run has this status.
        case jobCompleted(WorkflowStatus)
        /// The job's run waits.
        case jobReleased
        /// The job was handed back, without counting the attempt.
        case jobRequeued
        /// The attempt failed for a reason that is not the run's; the job will be tried again.
        case jobFailed(String)
        /// The job was given up.
        case jobDeadLettered(String)
        /// Somebody else has the run now; nothing was written.
        case jobClaimLost
        /// Claims came back from workers that had stopped renewing them.
        case reclaimed(ReclaimReport)
        /// A call to the queue failed; the worker goes on.
        case queueError(String)
    }

    /// What happened.
    public var kind: Kind
    /// The worker.
    public var workerID: String
    /// The job, if one is concerned.
    public var jobID: UUID?
    /// The job's run.
    public var runID: UUID?
    /// When.
    public var time: Date
}

extension WorkerEvent {
    /// The name that observers of all engines know, as `job:claimed`.
    public var name: String {
        switch kind {
        case .workerStarted: "worker:started"
        case .workerStopped: "worker:stopped"
        case .jobClaimed: "job:claimed"
        case .jobCompleted: "job:completed"
        case .jobReleased: "job:released"
        case .jobRequeued: "job:requeued"
        case .jobFailed: "job:failed"
        case .jobDeadLettered: "job:dead_letter"
        case .jobClaimLost: "job:claim_lost"
        case .reclaimed: "queue:reclaimed"
        case .queueError: "queue:error"
        }
    }
}

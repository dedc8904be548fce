import FoundationEssentials
import StoreContracts

/// A job that this worker holds, with the fence for everything it writes about the run.
public struct ClaimedJob: Hashable, Sendable {
    /// The job as the claim left it: active, attempt counted.
    public var job: WorkflowJob
    /// The run's epoch that this claim made; it starts at 1 and grows with every claim of the run.
    public var claimEpoch: Int
    /// The worker that claimed.
    public var workerID: String

    /// Creates a claimed job.
    public init(job: WorkflowJob, claimEpoch: Int, workerID: String) {
        self.job = job
        self.claimEpoch = claimEpoch
        self.workerID = workerID
    }

    /// The handle that ties operations on the job to this claim.
    public var handle: JobHandle {
        JobHandle(jobID: job.id, workerID: workerID, attempt: job.attempt)
    }

    /// The fence that ties writes about the run to this claim.
    public var claim: RunClaim { RunClaim(runID: job.runID, epoch: claimEpoch) }
}

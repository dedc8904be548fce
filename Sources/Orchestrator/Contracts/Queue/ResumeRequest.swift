public import FoundationEssentials
public import StoreContracts

/// A human decision that is to reach a waiting run through the queue.
public struct ResumeRequest: Sendable {
    /// The id of the resume job, made by the caller.
    public var jobID: UUID
    /// The waiting run.
    public var runID: UUID
    /// The decision; with an `approvalID` it applies to that pause only.
    public var response: HumanResponse
    /// The tenant of the run.
    public var tenantID: TenantID
    /// The priority of the resume job.
    public var priority: Int
    /// How many claims of the resume job may fail.
    public var maxAttempts: Int
    /// How long a claim of the resume job lasts without a heartbeat.
    public var visibilityTimeout: Duration

    /// Creates a request.
    public init(
        jobID: UUID = TimeOrderedIDs().next(), runID: UUID, response: HumanResponse,
        tenantID: TenantID = .seed, priority: Int = 0, maxAttempts: Int = 3,
        visibilityTimeout: Duration = EnqueueRequest.defaultVisibilityTimeout
    ) {
        self.jobID = jobID
        self.runID = runID
        self.response = response
        self.tenantID = tenantID
        self.priority = priority
        self.maxAttempts = maxAttempts
        self.visibilityTimeout = visibilityTimeout
    }
}

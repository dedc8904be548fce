public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// A job of the queue, in any status.
public struct WorkflowJob: Hashable, Sendable {
    /// The job.
    public var id: UUID
    /// What it asks for.
    public var type: JobType
    /// The tenant of its run.
    public var tenantID: TenantID
    /// The run.
    public var runID: UUID
    /// The graph of the run.
    public var graphID: UUID
    /// Fields of the state of a fresh run, in wire form.
    public var initialState: JSONValue?
    /// The response that a resume job applies, in wire form.
    public var humanResponse: JSONValue?
    /// Jobs with a lower number are claimed first.
    public var priority: Int
    /// How many claims may fail before the job is given up.
    public var maxAttempts: Int
    /// The number of claims so far that count.
    public var attempt: Int
    /// How long a claim lasts without a heartbeat.
    public var visibilityTimeout: Duration
    /// Where the job stands.
    public var status: JobStatus
    /// The worker that holds it; nil unless active.
    public var workerID: String?
    /// When it was enqueued.
    public var createdAt: Date
    /// From when a waiting job is claimable, when an active one's claim ends, or a paused one's deadline.
    public var visibleAt: Date?
    /// When the claim was made or last renewed.
    public var lastHeartbeatAt: Date?
    /// Why the last attempt failed or the job was given up.
    public var lastError: String?
    /// The key that keeps the job unique while it is unfinished.
    public var jobKey: String?

    /// The newest attempts, oldest first, at most 20.
    public var attemptHistory: [JobAttempt]

    /// Creates the waiting job of a request.
    public init(_ request: EnqueueRequest, createdAt: Date, visibleAt: Date?) {
        id = request.id
        type = request.type
        tenantID = request.tenantID
        runID = request.runID
        graphID = request.graphID
        initialState = request.initialState
        humanResponse = request.humanResponse
        priority = request.priority
        maxAttempts = request.maxAttempts
        attempt = 0
        visibilityTimeout = request.visibilityTimeout
        status = .waiting
        self.createdAt = createdAt
        self.visibleAt = visibleAt
        jobKey = request.jobKey
        attemptHistory = []
    }
}

public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// A job that is to be put into the queue.
public struct EnqueueRequest: Hashable, Sendable {
    /// The id of the job, made by the caller: enqueueing the same request again is recognised and adds nothing.
    public var id: UUID
    /// What the job asks for.
    public var type: JobType
    /// The run; it need not exist yet.
    public var runID: UUID
    /// The graph of the run.
    public var graphID: UUID
    /// The tenant of the run; the seed tenant if none is named.
    public var tenantID: TenantID
    /// Fields of the state of a fresh run, in wire form; `run_id` may not differ from `runID`.
    public var initialState: JSONValue?
    /// The response that a resume job applies, in wire form.
    public var humanResponse: JSONValue?
    /// Jobs with a lower number are claimed first.
    public var priority: Int
    /// How many claims may fail before the job is given up; at least 1.
    public var maxAttempts: Int
    /// How long a claim lasts without a heartbeat; positive, in whole milliseconds.
    public var visibilityTimeout: Duration
    /// How long the job stays invisible, by the store's clock; not positive: claimable at once.
    public var delay: Duration
    /// At most one job with this key is unfinished (waiting, active or paused) at any time; nil: no such rule.
    public var jobKey: String?

    /// The claim time of a job that names none: 300 seconds, as all engines on this schema share it.
    public static let defaultVisibilityTimeout = Duration.seconds(300)

    /// Creates a request.
    public init(
        id: UUID = TimeOrderedIDs().next(), type: JobType = .start, runID: UUID, graphID: UUID,
        tenantID: TenantID = .seed, initialState: JSONValue? = nil, humanResponse: JSONValue? = nil,
        priority: Int = 0, maxAttempts: Int = 3,
        visibilityTimeout: Duration = EnqueueRequest.defaultVisibilityTimeout, delay: Duration = .zero,
        jobKey: String? = nil
    ) {
        self.id = id
        self.type = type
        self.runID = runID
        self.graphID = graphID
        self.tenantID = tenantID
        self.initialState = initialState
        self.humanResponse = humanResponse
        self.priority = priority
        self.maxAttempts = maxAttempts
        self.visibilityTimeout = visibilityTimeout
        self.delay = delay
        self.jobKey = jobKey
    }
}

public import FoundationEssentials
public import StoreContracts

/// The queue of runs to start and to resume, shared by all workers.
///
/// It spans tenants (platform plane). The store's clock decides every instant. Operations on a claim return what
/// became of them and never throw for a job that is unknown or not owned. Order of row locks everywhere: job, then run.
///
/// On PostgreSQL every call is one pipelined network round trip and, where it writes, one transaction.
public protocol WorkflowQueue: Sendable {
    /// Adds jobs, all or none; the results are in the order of the requests.
    ///
    /// A request whose id is stored, or whose job key an unfinished job has, adds nothing and returns that job.
    /// Wakes workers that listen. Neither run nor graph need exist.
    ///
    /// - Throws: `invalidArgument` for attempts below 1, a claim time that is not positive, or an initial state that
    ///   names another run; `tenantConflict` if the graph or run is stored and another tenant's; `missingRecord` for
    ///   an unknown tenant.
    func enqueue(_ requests: [EnqueueRequest]) async throws(StoreError) -> [EnqueueResult]

    /// Completes the paused jobs of a waiting run and adds a resume job with the response, in one transaction.
    ///
    /// The job key of the job is the response's key, so deciding twice with the same key adds one job.
    ///
    /// - Throws: `missingRunRecord`; `invalidTransition` if the run does not wait; `tenantConflict`.
    func enqueueResume(_ request: ResumeRequest) async throws(StoreError) -> EnqueueResult

    /// Claims up to `limit` jobs: lowest priority number first, then oldest, then lowest id.
    ///
    /// A claim counts an attempt, lasts for the job's visibility timeout, creates the run's row if there is none, and
    /// raises the run's epoch. Jobs that other claims have locked are passed over, and so are jobs of runs with an
    /// active job (an option, default on). A job whose graph is not stored is given up with the reason, and the jobs
    /// behind it are claimed as if it were not there. No job is ever given to two claims.
    func dequeue(workerID: String, limit: Int) async throws(StoreError) -> [ClaimedJob]

    /// Renews claims to now + `extension`, or + each job's own timeout; the results are in the order of the handles.
    ///
    /// One statement for all jobs of a worker. An expired claim that nobody took back is revived.
    func heartbeat(
        _ handles: [JobHandle], extendBy extension: Duration?
    ) async throws(StoreError) -> [HeartbeatOutcome]

    /// Marks active jobs as completed; the results are in the order of the handles.
    func ack(_ handles: [JobHandle]) async throws(StoreError) -> [JobOutcome]

    /// Records a failed attempt of an active job: it waits again after the back-off, or is given up (`deadLettered`).
    func nack(_ handle: JobHandle, error: String) async throws(StoreError) -> JobOutcome

    /// Gives an active job up at once, with a reason.
    func deadLetter(_ handle: JobHandle, reason: String) async throws(StoreError) -> JobOutcome

    /// Pauses an active job, since its run waits; with `deadline`, the sweep makes it claimable again then.
    func release(_ handle: JobHandle, deadline: Date?) async throws(StoreError) -> JobOutcome

    /// Hands an active job back, claimable at once; the attempt does not count.
    func requeue(_ handle: JobHandle) async throws(StoreError) -> JobOutcome

    /// Puts a job that was given up back: waiting, attempts at 0, `last_error` kept.
    func retryDeadLetter(jobID: UUID) async throws(StoreError) -> JobOutcome

    /// Takes expired claims back (they count as failed attempts, without back-off) and wakes due paused jobs.
    func reclaimExpired() async throws(StoreError) -> ReclaimReport

    /// `reclaimExpired()` and then `dequeue(workerID:limit:)`, in one call where the queue can.
    func reclaimAndDequeue(
        workerID: String, limit: Int
    ) async throws(StoreError) -> (jobs: [ClaimedJob], report: ReclaimReport)

    /// The job in any status; nil if there is none.
    func getJob(id: UUID) async throws(StoreError) -> WorkflowJob?

    /// Jobs with a status (nil: all), oldest first, then by id.
    func listJobs(status: JobStatus?, page: Page) async throws(StoreError) -> [WorkflowJob]

    /// How many jobs stand where, over all tenants.
    func getQueueDepth() async throws(StoreError) -> QueueDepth

    /// Makes a worker process known, or known again; claims and heartbeats keep its row fresh.
    func registerWorker(_ worker: WorkerRecord) async throws(StoreError)

    /// Notes that a worker process has stopped.
    func unregisterWorker(id: String) async throws(StoreError)

    /// The worker processes, last seen first.
    func listWorkers(limit: Int) async throws(StoreError) -> [WorkerRecord]

    /// Elements whenever jobs may have become claimable, as a hint; nil if this queue can only be polled.
    ///
    /// Several hints in a row may arrive as one, and any may be lost: poll as well. Ends when the task that reads it
    /// is cancelled.
    func wakeUps() -> AsyncStream<Void>?
}

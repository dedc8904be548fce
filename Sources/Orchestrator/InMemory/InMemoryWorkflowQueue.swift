public import FoundationEssentials
public import StoreContracts

/// A queue in memory, with the semantics of the PostgreSQL queue.
public struct InMemoryWorkflowQueue: WorkflowQueue {
    /// The rows, shared with the other in-memory adapters.
    public let store: InMemoryStore
    private let options: QueueOptions

    /// Creates a queue on a store; one without a store gets an empty one of its own.
    public init(store: InMemoryStore = InMemoryStore(), options: QueueOptions = QueueOptions()) {
        self.store = store
        self.options = options
    }

    /// Adds jobs, all or none; the results are in the order of the requests.
    public func enqueue(_ requests: [EnqueueRequest]) async throws(StoreError) -> [EnqueueResult] {
        try store.write { (tables, now) throws(StoreError) in try tables.enqueue(requests, now: now) }
    }

    /// Completes the paused jobs of a waiting run and adds a resume job with the response, in one transaction.
    public func enqueueResume(_ request: ResumeRequest) async throws(StoreError) -> EnqueueResult {
        try store.write { (tables, now) throws(StoreError) in try tables.enqueueResume(request, now: now) }
    }

    /// Claims one job; nil if nothing is claimable.
    public func dequeue(workerID: String, limit: Int) async throws(StoreError) -> [ClaimedJob] {
        store.write { tables, now in
            tables.dequeue(workerID: workerID, limit: limit, options: options, now: now)
        }
    }

    /// Renews claims to now + `extension`, or + each job's own timeout; the results are in the order of the handles.
    public func heartbeat(
        _ handles: [JobHandle], extendBy extension: Duration?
    ) async throws(StoreError) -> [HeartbeatOutcome] {
        store.write { tables, now in tables.heartbeat(handles, extension: `extension`, now: now) }
    }

    /// Marks active jobs as completed; the results are in the order of the handles.
    public func ack(_ handles: [JobHandle]) async throws(StoreError) -> [JobOutcome] {
        store.write { tables, now in handles.map { tables.end($0, .ack($0), now: now) } }
    }

    /// Records a failed attempt of an active job: it waits again after the back-off, or is given up (`deadLettered`).
    public func nack(_ handle: JobHandle, error: String) async throws(StoreError) -> JobOutcome {
        store.write { tables, now in tables.nack(handle, error: error, options: options, now: now) }
    }

    /// Gives an active job up at once, with a reason.
    public func deadLetter(_ handle: JobHandle, reason: String) async throws(StoreError) -> JobOutcome {
        store.write { tables, now in
            let outcome = tables.apply(handle) {
                $0.leaveClaim(.deadLetter, visibleAt: nil, error: reason, now: now)
            }
            return outcome == .applied ? .deadLettered : outcome
        }
    }

    /// Pauses an active job, since its run waits; with `deadline`, the sweep makes it claimable again then.
    public func release(_ handle: JobHandle, deadline: Date?) async throws(StoreError) -> JobOutcome {
        store.write { tables, now in
            tables.end(handle, .release(handle, deadline: deadline), now: now)
        }
    }

    /// Hands an active job back, claimable at once; the attempt does not count.
    public func requeue(_ handle: JobHandle) async throws(StoreError) -> JobOutcome {
        store.write { tables, now in tables.end(handle, .requeue(handle), now: now) }
    }

    /// Puts a job that was given up back: waiting, attempts at 0, `last_error` kept.
    public func retryDeadLetter(jobID: UUID) async throws(StoreError) -> JobOutcome {
        store.write { tables, _ in tables.retryDeadLetter(jobID) }
    }

    /// Takes expired claims back (they count as failed attempts, without back-off) and wakes due paused jobs.
    public func reclaimExpired() async throws(StoreError) -> ReclaimReport {
        store.write { tables, now in tables.reclaimExpired(now: now) }
    }

    /// The job in any status; nil if there is none.
    public func getJob(id: UUID) async throws(StoreError) -> WorkflowJob? {
        store.read { tables, _ in tables.jobs[id] }
    }

    /// Jobs with a status (nil: all), oldest first, then by id.
    public func listJobs(status: JobStatus?, page: Page) async throws(StoreError) -> [WorkflowJob] {
        let all = store.read { tables, _ in
            tables.jobs.all.values.filter { status == nil || $0.status == status }
        }
        return page.selectOldestFirst(from: all) { PageCursor(instant: $0.createdAt, id: $0.id) }
    }

    /// How many jobs stand where, over all tenants.
    public func getQueueDepth() async throws(StoreError) -> QueueDepth {
        store.read { tables, now in tables.depth(now: now) }
    }

    /// Makes a worker process known, or known again; claims and heartbeats keep its row fresh.
    public func registerWorker(_ worker: WorkerRecord) async throws(StoreError) {
        store.write { tables, now in
            var row = worker
            row.startedAt = now
            row.lastSeenAt = now
            row.stoppedAt = nil
            tables.workers[worker.id] = row
        }
    }

    /// Notes that a worker process has stopped.
    public func unregisterWorker(id: String) async throws(StoreError) {
        store.write { tables, now in tables.workers[id]?.stoppedAt = now }
    }

    /// The worker processes, last seen first.
    public func listWorkers(limit: Int) async throws(StoreError) -> [WorkerRecord] {
        let all = store.read { tables, _ in Array(tables.workers.values) }
        let sorted = all.sorted {
            ($1.lastSeenAt ?? .distantPast, $0.id) < ($0.lastSeenAt ?? .distantPast, $1.id)
        }
        return Array(sorted.prefix(max(0, limit)))
    }

    /// Elements whenever jobs may have become claimable, as a hint.
    public func wakeUps() -> AsyncStream<Void>? { store.wakeUps() }
}

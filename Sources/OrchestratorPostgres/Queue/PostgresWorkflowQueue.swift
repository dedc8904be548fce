public import FoundationEssentials
public import Orchestrator
public import PostgresWire
public import StoreContracts

/// The queue of runs in PostgreSQL, shared by any number of worker processes.
///
/// It spans tenants: the role must be a superuser or have BYPASSRLS, which the first call verifies. The server's clock
/// decides every instant. Every call is one transaction and one network round trip, and a claim that met jobs which
/// cannot be claimed makes another one. Locks are taken in the order job, then run; claims pass over locked jobs.
///
/// Whenever jobs may have become claimable, the queue sends a notification on the channel `orchestrator_jobs`, with the
/// schema as payload; `wakeUps()` listens for it.
public struct PostgresWorkflowQueue: WorkflowQueue {
    let plane: PlatformPlane
    let options: QueueOptions

    /// Creates a queue; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool, with a role that row-level security does not bind.
    ///   - options: How it retries and claims.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, options: QueueOptions = QueueOptions(),
        storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        plane = PlatformPlane(client, storage: storage)
        self.options = options
    }

    /// Verifies that the role of the pool can see the jobs of all tenants; one round trip, once.
    ///
    /// Every other call does it too; calling this at start-up shows a wrong role early.
    ///
    /// - Throws: `misconfigured` with the role's name.
    public func verifyRole() async throws(StoreError) { try await plane.verify() }

    /// The job in any status; nil if there is none.
    public func getJob(id: UUID) async throws(StoreError) -> WorkflowJob? {
        try WorkflowJob.read(try await plane.read(JobSQL.load(id, plane.names))).first?.job
    }

    /// Jobs with a status (nil: all), oldest first, then by id.
    public func listJobs(status: JobStatus?, page: Page) async throws(StoreError) -> [WorkflowJob] {
        try WorkflowJob.read(try await plane.read(JobSQL.list(status, page, plane.names))).map(\.job)
    }

    /// How many jobs stand where, over all tenants.
    ///
    /// Reads the index entries of all unfinished jobs.
    public func getQueueDepth() async throws(StoreError) -> QueueDepth {
        let rows = try await plane.read(JobSQL.depth(plane.names))
            .stored((Int, Int, Int, Int, Date?).self, in: "workflow_jobs")
        guard let row = rows.first else { return QueueDepth() }
        return QueueDepth(
            waiting: row.0, active: row.1, paused: row.2, deadLetter: row.3, oldestClaimableAt: row.4)
    }

    /// Makes a worker process known, or known again; claims and heartbeats keep its row fresh.
    public func registerWorker(_ worker: WorkerRecord) async throws(StoreError) {
        _ = try await plane.write([WorkerSQL.register(worker, plane.names)])
    }

    /// Notes that a worker process has stopped.
    public func unregisterWorker(id: String) async throws(StoreError) {
        _ = try await plane.write([WorkerSQL.unregister(id, plane.names)])
    }

    /// The worker processes, last seen first.
    public func listWorkers(limit: Int) async throws(StoreError) -> [WorkerRecord] {
        let rows = try await plane.read(WorkerSQL.list(max(0, limit), plane.names))
            .stored((String, String, Int, String, Int, Date, Date, Date?).self, in: "workers")
        return rows.map { row in
            WorkerRecord(
                id: row.0, host: row.1, processID: row.2, version: row.3, concurrency: row.4,
                startedAt: row.5, lastSeenAt: row.6, stoppedAt: row.7)
        }
    }
}

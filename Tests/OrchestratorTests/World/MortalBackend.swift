import FoundationEssentials
import Orchestrator
import StoreContracts

/// The store as a process that may die reaches it.
struct MortalBackend: WorkflowBackend {
    let inner: InMemoryBackend
    let mortality: Mortality

    var queue: any WorkflowQueue { MortalQueue(inner: inner.queue, mortality: mortality) }

    func persistence(tenant: TenantID, claim: RunClaim?) -> any PersistenceProvider {
        inner.persistence(tenant: tenant, claim: claim)
    }

    func runStore(tenant: TenantID) -> any RunStore {
        MortalRunStore(inner: inner.runStore(tenant: tenant), mortality: mortality)
    }
}

private struct MortalRunStore: RunStore {
    let inner: any RunStore
    let mortality: Mortality

    func loadPosition(runID: UUID) async throws(StoreError) -> RunPosition {
        try await mortality.call { () async throws(StoreError) in try await inner.loadPosition(runID: runID) }
    }

    func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        try await mortality.call { () async throws(StoreError) in try await inner.commit(commit) }
    }

    func compact(
        state: WorkflowState, claim: RunClaim?, retainCheckpoints: Int
    ) async throws(StoreError) -> Int {
        try await mortality.call { () async throws(StoreError) in
            try await inner.compact(state: state, claim: claim, retainCheckpoints: retainCheckpoints)
        }
    }
}

private struct MortalQueue: WorkflowQueue {
    let inner: any WorkflowQueue
    let mortality: Mortality

    func enqueue(_ requests: [EnqueueRequest]) async throws(StoreError) -> [EnqueueResult] {
        try await mortality.call { () async throws(StoreError) in try await inner.enqueue(requests) }
    }

    func enqueueResume(_ request: ResumeRequest) async throws(StoreError) -> EnqueueResult {
        try await mortality.call { () async throws(StoreError) in try await inner.enqueueResume(request) }
    }

    func dequeue(workerID: String, limit: Int) async throws(StoreError) -> [ClaimedJob] {
        try await mortality.call { () async throws(StoreError) in
            try await inner.dequeue(workerID: workerID, limit: limit)
        }
    }

    func heartbeat(
        _ handles: [JobHandle], extendBy extension: Duration?
    ) async throws(StoreError) -> [HeartbeatOutcome] {
        try await mortality.call { () async throws(StoreError) in
            try await inner.heartbeat(handles, extendBy: `extension`)
        }
    }

    func ack(_ handles: [JobHandle]) async throws(StoreError) -> [JobOutcome] {
        try await mortality.call { () async throws(StoreError) in try await inner.ack(handles) }
    }

    func nack(_ handle: JobHandle, error: String) async throws(StoreError) -> JobOutcome {
        try await mortality.call { () async throws(StoreError) in try await inner.nack(handle, error: error) }
    }

    func deadLetter(_ handle: JobHandle, reason: String) async throws(StoreError) -> JobOutcome {
        try await mortality.call { () async throws(StoreError) in
            try await inner.deadLetter(handle, reason: reason)
        }
    }

    func release(_ handle: JobHandle, deadline: Date?) async throws(StoreError) -> JobOutcome {
        try await mortality.call { () async throws(StoreError) in
            try await inner.release(handle, deadline: deadline)
        }
    }

    func requeue(_ handle: JobHandle) async throws(StoreError) -> JobOutcome {
        try await mortality.call { () async throws(StoreError) in try await inner.requeue(handle) }
    }

    func retryDeadLetter(jobID: UUID) async throws(StoreError) -> JobOutcome {
        try await mortality.call { () async throws(StoreError) in
            try await inner.retryDeadLetter(jobID: jobID)
        }
    }

    func reclaimExpired() async throws(StoreError) -> ReclaimReport {
        try await mortality.call { () async throws(StoreError) in try await inner.reclaimExpired() }
    }

    func getJob(id: UUID) async throws(StoreError) -> WorkflowJob? {
        try await mortality.call { () async throws(StoreError) in try await inner.getJob(id: id) }
    }

    func listJobs(status: JobStatus?, page: Page) async throws(StoreError) -> [WorkflowJob] {
        try await mortality.call { () async throws(StoreError) in
            try await inner.listJobs(status: status, page: page)
        }
    }

    func getQueueDepth() async throws(StoreError) -> QueueDepth {
        try await mortality.call { () async throws(StoreError) in try await inner.getQueueDepth() }
    }

    func registerWorker(_ worker: WorkerRecord) async throws(StoreError) {
        try await mortality.call { () async throws(StoreError) in try await inner.registerWorker(worker) }
    }

    func unregisterWorker(id: String) async throws(StoreError) {
        try await mortality.call { () async throws(StoreError) in try await inner.unregisterWorker(id: id) }
    }

    func listWorkers(limit: Int) async throws(StoreError) -> [WorkerRecord] {
        try await mortality.call { () async throws(StoreError) in try await inner.listWorkers(limit: limit) }
    }

    func wakeUps() -> AsyncStream<Void>? { inner.wakeUps() }
}

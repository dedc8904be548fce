#if CLI
import FoundationEssentials
import Orchestrator
import StoreContracts

/// A queue whose process may die after a claim and around a heartbeat.
struct KillingQueue: WorkflowQueue {
    let inner: any WorkflowQueue
    let killSwitch: KillSwitch

    func dequeue(workerID: String, limit: Int) async throws(StoreError) -> [ClaimedJob] {
        let jobs = try await inner.dequeue(workerID: workerID, limit: limit)
        noteClaim(jobs)
        return jobs
    }

    func reclaimAndDequeue(
        workerID: String, limit: Int
    ) async throws(StoreError) -> (jobs: [ClaimedJob], report: ReclaimReport) {
        let (jobs, report) = try await inner.reclaimAndDequeue(workerID: workerID, limit: limit)
        noteClaim(jobs)
        return (jobs, report)
    }

    private func noteClaim(_ jobs: [ClaimedJob]) {
        if let first = jobs.first { killSwitch.pass(.claimed, first.job.runID) }
    }

    func heartbeat(
        _ handles: [JobHandle], extendBy extension: Duration?
    ) async throws(StoreError) -> [HeartbeatOutcome] {
        if !handles.isEmpty { killSwitch.pass(.heartbeatBefore, nil) }
        let outcomes = try await inner.heartbeat(handles, extendBy: `extension`)
        if !handles.isEmpty { killSwitch.pass(.heartbeatAfter, nil) }
        return outcomes
    }

    func enqueue(_ requests: [EnqueueRequest]) async throws(StoreError) -> [EnqueueResult] {
        try await inner.enqueue(requests)
    }

    func enqueueResume(_ request: ResumeRequest) async throws(StoreError) -> EnqueueResult {
        try await inner.enqueueResume(request)
    }

    func ack(_ handles: [JobHandle]) async throws(StoreError) -> [JobOutcome] { try await inner.ack(handles) }

    func nack(_ handle: JobHandle, error: String) async throws(StoreError) -> JobOutcome {
        try await inner.nack(handle, error: error)
    }

    func deadLetter(_ handle: JobHandle, reason: String) async throws(StoreError) -> JobOutcome {
        try await inner.deadLetter(handle, reason: reason)
    }

    func release(_ handle: JobHandle, deadline: Date?) async throws(StoreError) -> JobOutcome {
        try await inner.release(handle, deadline: deadline)
    }

    func requeue(_ handle: JobHandle) async throws(StoreError) -> JobOutcome {
        try await inner.requeue(handle)
    }

    func retryDeadLetter(jobID: UUID) async throws(StoreError) -> JobOutcome {
        try await inner.retryDeadLetter(jobID: jobID)
    }

    func reclaimExpired() async throws(StoreError) -> ReclaimReport { try await inner.reclaimExpired() }

    func getJob(id: UUID) async throws(StoreError) -> WorkflowJob? { try await inner.getJob(id: id) }

    func listJobs(status: JobStatus?, page: Page) async throws(StoreError) -> [WorkflowJob] {
        try await inner.listJobs(status: status, page: page)
    }

    func getQueueDepth() async throws(StoreError) -> QueueDepth { try await inner.getQueueDepth() }

    func registerWorker(_ worker: WorkerRecord) async throws(StoreError) {
        try await inner.registerWorker(worker)
    }

    func unregisterWorker(id: String) async throws(StoreError) { try await inner.unregisterWorker(id: id) }

    func listWorkers(limit: Int) async throws(StoreError) -> [WorkerRecord] {
        try await inner.listWorkers(limit: limit)
    }

    func wakeUps() -> AsyncStream<Void>? { inner.wakeUps() }
}
#endif

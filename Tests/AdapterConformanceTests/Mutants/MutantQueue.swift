import FoundationEssentials
import Orchestrator
import StoreContracts

/// A queue with one planted bug.
struct MutantQueue: WorkflowQueue {
    enum Bug: String, CaseIterable, Sendable {
        case newestFirst, limitIsOneTooMany, ackIgnoresTheOwner, withoutBackoff, nackDoesNotCount
        case oneAttemptTooMany, heartbeatDoesNothing, releaseRequeues, reclaimsNothing, duplicatesKeys
        case manyActiveJobsPerRun, delayIsIgnored, priorityIsIgnored, answersTwice, depthForgetsPaused
        case workersNeverStop, deadlinesNeverFire, cancelIsNotTold, retriesKeepTheAttempt
        case epochsDoNotRise, losesTheResponse
    }

    let bug: Bug
    let inner: any WorkflowQueue

    func enqueue(_ requests: [EnqueueRequest]) async throws(StoreError) -> [EnqueueResult] {
        try await inner.enqueue(
            requests.map { request in
                var request = request
                switch bug {
                case .oneAttemptTooMany: request.maxAttempts += request.maxAttempts > 0 ? 1 : 0
                case .duplicatesKeys: request.jobKey = nil
                case .delayIsIgnored: request.delay = .zero
                case .priorityIsIgnored: request.priority = 0
                case .losesTheResponse: request.humanResponse = nil
                default: break
                }
                return request
            })
    }

    func enqueueResume(_ request: ResumeRequest) async throws(StoreError) -> EnqueueResult {
        var request = request
        if bug == .answersTwice { request.response.responseKey = nil }
        return try await inner.enqueueResume(request)
    }

    func dequeue(workerID: String, limit: Int) async throws(StoreError) -> [ClaimedJob] {
        let jobs = try await inner.dequeue(
            workerID: workerID, limit: bug == .limitIsOneTooMany ? limit + 1 : limit)
        switch bug {
        case .newestFirst: return jobs.reversed()
        case .epochsDoNotRise:
            return jobs.map { ClaimedJob(job: $0.job, claimEpoch: 1, workerID: $0.workerID) }
        default: return jobs
        }
    }

    func heartbeat(
        _ handles: [JobHandle], extendBy extension: Duration?
    ) async throws(StoreError) -> [HeartbeatOutcome] {
        if bug == .heartbeatDoesNothing {
            return handles.map { HeartbeatOutcome(jobID: $0.jobID, outcome: .applied) }
        }
        var beats = try await inner.heartbeat(handles, extendBy: `extension`)
        if bug == .cancelIsNotTold { for index in beats.indices { beats[index].cancelRequested = false } }
        return beats
    }

    func ack(_ handles: [JobHandle]) async throws(StoreError) -> [JobOutcome] {
        try await inner.ack(
            bug == .ackIgnoresTheOwner ? handles.map { JobHandle(jobID: $0.jobID) } : handles)
    }

    func nack(_ handle: JobHandle, error: String) async throws(StoreError) -> JobOutcome {
        bug == .nackDoesNotCount
            ? try await inner.requeue(handle) : try await inner.nack(handle, error: error)
    }

    func deadLetter(_ handle: JobHandle, reason: String) async throws(StoreError) -> JobOutcome {
        try await inner.deadLetter(handle, reason: reason)
    }

    func release(_ handle: JobHandle, deadline: Date?) async throws(StoreError) -> JobOutcome {
        switch bug {
        case .releaseRequeues: try await inner.requeue(handle)
        case .deadlinesNeverFire: try await inner.release(handle, deadline: nil)
        default: try await inner.release(handle, deadline: deadline)
        }
    }

    func requeue(_ handle: JobHandle) async throws(StoreError) -> JobOutcome {
        try await inner.requeue(handle)
    }

    func retryDeadLetter(jobID: UUID) async throws(StoreError) -> JobOutcome {
        let outcome = try await inner.retryDeadLetter(jobID: jobID)
        return bug == .retriesKeepTheAttempt && outcome == .wrongStatus ? .applied : outcome
    }

    func reclaimExpired() async throws(StoreError) -> ReclaimReport {
        bug == .reclaimsNothing ? ReclaimReport() : try await inner.reclaimExpired()
    }

    func getJob(id: UUID) async throws(StoreError) -> WorkflowJob? { try await inner.getJob(id: id) }

    func listJobs(status: JobStatus?, page: Page) async throws(StoreError) -> [WorkflowJob] {
        try await inner.listJobs(status: status, page: page)
    }

    func getQueueDepth() async throws(StoreError) -> QueueDepth {
        var depth = try await inner.getQueueDepth()
        if bug == .depthForgetsPaused { depth.paused = 0 }
        return depth
    }

    func registerWorker(_ worker: WorkerRecord) async throws(StoreError) {
        try await inner.registerWorker(worker)
    }

    func unregisterWorker(id: String) async throws(StoreError) {
        if bug != .workersNeverStop { try await inner.unregisterWorker(id: id) }
    }

    func listWorkers(limit: Int) async throws(StoreError) -> [WorkerRecord] {
        try await inner.listWorkers(limit: limit)
    }

    func wakeUps() -> AsyncStream<Void>? { inner.wakeUps() }
}

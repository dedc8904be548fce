import FoundationEssentials
import StoreContracts

extension StoreTables {
    mutating func dequeue(
        workerID: String, limit: Int, options: QueueOptions, now: Date
    ) -> [ClaimedJob] {
        workers[workerID]?.lastSeenAt = now
        var claimed: [ClaimedJob] = []
        for id in jobs.waitingIDs {
            guard claimed.count < limit else { break }
            guard let job = jobs[id], job.visibleAt.map({ $0 <= now }) ?? true else { continue }
            if options.oneActiveJobPerRun, jobs.hasActiveJob(runID: job.runID) { continue }
            do {
                claimed.append(try claim(job, workerID: workerID, now: now))
            } catch {
                giveUp(job, reason: error.code.sentence)
            }
        }
        return claimed
    }

    /// - Throws: why the job can never be claimed.
    private mutating func claim(
        _ waiting: WorkflowJob, workerID: String, now: Date
    ) throws(StoreError) -> ClaimedJob {
        try assertGraph(waiting.graphID, tenant: waiting.tenantID)
        var run =
            runs[waiting.runID]
            ?? WorkflowRunRecord(
                id: waiting.runID, graphID: waiting.graphID, statusText: WorkflowStatus.pending.rawValue,
                createdAt: stamp(now), tenantID: waiting.tenantID)
        guard run.tenantID == waiting.tenantID else {
            throw StoreError(.tenantConflict(table: "workflow_runs", id: waiting.runID.text))
        }
        run.claimEpoch += 1
        runs[run.id] = run
        var job = waiting
        job.status = .active
        job.workerID = workerID
        job.attempt += 1
        job.visibleAt = now.adding(job.visibilityTimeout)
        job.lastHeartbeatAt = now
        job.attemptHistory.append(
            JobAttempt(attempt: job.attempt, workerID: workerID, claimEpoch: run.claimEpoch, startedAt: now))
        job.attemptHistory.removeFirst(max(0, job.attemptHistory.count - JobAttempt.maximumKept))
        jobs.store(job)
        return ClaimedJob(job: job, claimEpoch: run.claimEpoch, workerID: workerID)
    }

    private mutating func giveUp(_ job: WorkflowJob, reason: String) {
        var job = job
        job.leaveClaim(.deadLetter, visibleAt: nil, error: reason, now: nil)
        jobs.store(job)
    }

    mutating func heartbeat(
        _ handles: [JobHandle], extension: Duration?, now: Date
    ) -> [HeartbeatOutcome] {
        var outcomes: [HeartbeatOutcome] = []
        for handle in handles {
            var cancelRequested = false
            let outcome = apply(handle) { job in
                job.visibleAt = now.adding(`extension` ?? job.visibilityTimeout)
                job.lastHeartbeatAt = now
            }
            if outcome == .applied, let job = jobs[handle.jobID] {
                cancelRequested = runs[job.runID]?.cancelRequestedAt != nil
                if let worker = job.workerID { workers[worker]?.lastSeenAt = now }
            }
            outcomes.append(
                HeartbeatOutcome(jobID: handle.jobID, outcome: outcome, cancelRequested: cancelRequested))
        }
        return outcomes
    }

    /// Whether the claim that the handle names holds the job.
    func check(_ handle: JobHandle) -> JobOutcome {
        guard let job = jobs[handle.jobID] else { return .notFound }
        guard job.status == .active else { return .wrongStatus }
        if let worker = handle.workerID, worker != job.workerID { return .notOwned }
        if let attempt = handle.attempt, attempt != job.attempt { return .notOwned }
        return .applied
    }

    /// Changes the job if the claim that the handle names holds it.
    @discardableResult
    mutating func apply(_ handle: JobHandle, _ change: (inout WorkflowJob) -> Void) -> JobOutcome {
        let outcome = check(handle)
        guard outcome == .applied, var job = jobs[handle.jobID] else { return outcome }
        change(&job)
        jobs.store(job)
        hasNews = true
        return .applied
    }

    /// Ends a claim as the disposition says; tells what became of it.
    mutating func end(_ handle: JobHandle, _ disposition: JobDisposition, now: Date) -> JobOutcome {
        let outcome = check(handle)
        dispose(disposition, now: now)
        return outcome
    }

    mutating func dispose(_ disposition: JobDisposition, now: Date) {
        switch disposition {
        case .none: break
        case .ack(let handle):
            apply(handle) { $0.leaveClaim(.completed, visibleAt: nil, error: nil, now: now) }
        case .release(let handle, let deadline):
            apply(handle) { $0.leaveClaim(.paused, visibleAt: deadline, error: nil, now: now) }
        case .requeue(let handle):
            apply(handle) { job in
                job.leaveClaim(.waiting, visibleAt: nil, error: nil, now: now)
                job.attempt = max(0, job.attempt - 1)
            }
        }
    }
}

extension WorkflowJob {
    /// Ends the claim and the record of the attempt; with an error, `lastError` changes too.
    mutating func leaveClaim(_ next: JobStatus, visibleAt: Date?, error: String?, now: Date?) {
        if status == .active, let last = attemptHistory.indices.last {
            attemptHistory[last].endedAt = now
            attemptHistory[last].error = error
        }
        status = next
        workerID = nil
        self.visibleAt = visibleAt
        if let error { lastError = error }
    }
}

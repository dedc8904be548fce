import FoundationEssentials
import JSONModel
import StoreContracts

extension StoreTables {
    mutating func enqueue(
        _ requests: [EnqueueRequest], now: Date
    ) throws(StoreError) -> [EnqueueResult] {
        for request in requests { try validate(request) }
        let known = requests.allSatisfy { $0.tenantID == .seed || tenants[$0.tenantID] != nil }
        guard known else {
            let ids = Set(requests.map(\.tenantID.text)).sorted().joined(separator: " or ")
            throw StoreError(.missingRecord(table: "tenants", id: ids))
        }
        return requests.map { add($0, now: now) }
    }

    private func validate(_ request: EnqueueRequest) throws(StoreError) {
        guard request.maxAttempts >= 1 else {
            throw StoreError(.invalidArgument(name: "max_attempts"), cause: "it is below 1")
        }
        guard request.visibilityTimeout >= .milliseconds(1) else {
            throw StoreError(.invalidArgument(name: "visibility_timeout_ms"), cause: "it is below 1")
        }
        if let other = request.initialState?["run_id"]?.stringValue, UUID(text: other) != request.runID {
            throw StoreError(.invalidArgument(name: "initial_state"), cause: "its run_id is another run's")
        }
        if let graph = graphs[request.graphID], graph.tenantID != request.tenantID {
            throw StoreError(.tenantConflict(table: "graphs", id: request.graphID.text))
        }
        if let run = runs[request.runID], run.tenantID != request.tenantID {
            throw StoreError(.tenantConflict(table: "workflow_runs", id: request.runID.text))
        }
    }

    private mutating func add(_ request: EnqueueRequest, now: Date) -> EnqueueResult {
        if jobs[request.id] != nil { return EnqueueResult(jobID: request.id, wasInserted: false) }
        if let key = request.jobKey, let other = unfinishedJob(key: key, tenant: request.tenantID) {
            return EnqueueResult(jobID: other.id, wasInserted: false)
        }
        var request = request
        request.initialState = request.initialState?.throughText
        request.humanResponse = request.humanResponse?.throughText
        let visibleAt = request.delay > .zero ? now.adding(request.delay) : nil
        jobs.store(WorkflowJob(request, createdAt: stamp(now), visibleAt: visibleAt))
        hasNews = true
        return EnqueueResult(jobID: request.id, wasInserted: true)
    }

    private func unfinishedJob(key: String, tenant: TenantID) -> WorkflowJob? {
        let unfinished: Set<JobStatus> = [.waiting, .active, .paused]
        return jobs.all.values.first {
            $0.jobKey == key && $0.tenantID == tenant && unfinished.contains($0.status)
        }
    }

    mutating func enqueueResume(_ request: ResumeRequest, now: Date) throws(StoreError) -> EnqueueResult {
        let run = try runForWrite(request.runID, tenant: request.tenantID, table: "workflow_runs")
        let key = request.response.responseKey.map { "resume:\(request.runID.text):\($0)" }
        let known = jobs[request.jobID] ?? jobs.all.values.first { key != nil && $0.jobKey == key }
        if let known { return EnqueueResult(jobID: known.id, wasInserted: false) }
        guard run.status == .waiting else {
            throw StoreError(
                .invalidTransition(from: run.statusText, to: WorkflowStatus.running.rawValue),
                remedy: "Only a waiting run takes a response.")
        }
        if let wanted = request.response.approvalID {
            let pending = try latestState(request.runID, tenant: request.tenantID)?.pendingApproval
            guard pending?["approval_id"]?.stringValue == wanted else {
                throw StoreError(
                    .invalidArgument(name: "approval_id"), cause: "the run waits for another approval")
            }
        }
        for var job in jobs.all.values where job.runID == request.runID && job.status == .paused {
            job.status = .completed
            job.visibleAt = nil
            jobs.store(job)
        }
        return add(
            EnqueueRequest(
                id: request.jobID, type: .resume, runID: request.runID, graphID: run.graphID,
                tenantID: request.tenantID, humanResponse: request.response.json,
                priority: request.priority, maxAttempts: request.maxAttempts,
                visibilityTimeout: request.visibilityTimeout, jobKey: key), now: now)
    }
}

extension Date {
    /// This instant and a duration, at the precision of a `timestamptz`.
    func adding(_ duration: Duration) -> Date {
        addingTimeInterval(duration / .seconds(1)).wholeMicroseconds
    }
}

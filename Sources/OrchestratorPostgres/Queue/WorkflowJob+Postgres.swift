internal import FoundationEssentials
internal import JSONModel
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

extension WorkflowJob {
    private typealias Row = (
        UUID, String, UUID, UUID, UUID, JSONValue?, JSONValue?, Int, Int, Int, Int, String, String?, Date,
        Date?, Date?, String?, String?, JSONValue, Int?
    )

    /// The rows of a result with the columns `JobSQL.columns` and an epoch.
    static func read(_ rows: PostgresRows) throws(StoreError) -> [(job: WorkflowJob, epoch: Int?)] {
        var jobs: [(job: WorkflowJob, epoch: Int?)] = []
        jobs.reserveCapacity(rows.count)
        for row in try rows.stored(Row.self, in: "workflow_jobs") { jobs.append((try make(row), row.19)) }
        return jobs
    }

    private static func make(_ row: Row) throws(StoreError) -> WorkflowJob {
        guard let type = JobType(rawValue: row.1), let status = JobStatus(rawValue: row.11) else {
            throw StoreError(
                .corruptRecord(table: "workflow_jobs", id: row.0.text),
                cause: "type \(row.1) or status \(row.11) is none that this engine knows")
        }
        let request = EnqueueRequest(
            id: row.0, type: type, runID: row.3, graphID: row.4, tenantID: TenantID(row.2),
            initialState: row.5, humanResponse: row.6, priority: row.7, maxAttempts: row.8,
            visibilityTimeout: .milliseconds(row.10), jobKey: row.17)
        var job = WorkflowJob(request, createdAt: row.13, visibleAt: row.14)
        job.attempt = row.9
        job.status = status
        job.workerID = row.12
        job.lastHeartbeatAt = row.15
        job.lastError = row.16
        job.attemptHistory = (row.18.arrayValue ?? []).compactMap(JobAttempt.init(stored:))
        return job
    }
}

extension JobAttempt {
    /// Reads an attempt of the history; nil for what is none.
    fileprivate init?(stored json: JSONValue) {
        guard let attempt = json["attempt"]?.intValue, let worker = json["worker_id"]?.stringValue,
            let epoch = json["claim_epoch"]?.intValue,
            let started = json["started_at"]?.stringValue.flatMap(Date.init(wireText:))
        else { return nil }
        self.init(
            attempt: attempt, workerID: worker, claimEpoch: epoch, startedAt: started,
            endedAt: json["ended_at"]?.stringValue.flatMap(Date.init(wireText:)),
            error: json["error"]?.stringValue)
    }
}

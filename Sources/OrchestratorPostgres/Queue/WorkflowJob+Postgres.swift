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
    ///
    /// - Throws: `corruptRecord`, which names the job, if one of them cannot be read.
    static func read(_ rows: PostgresRows) throws(StoreError) -> [(job: WorkflowJob, epoch: Int?)] {
        var jobs: [(job: WorkflowJob, epoch: Int?)] = []
        jobs.reserveCapacity(rows.count)
        for row in rows { jobs.append(try read(row)) }
        return jobs
    }

    /// One such row.
    static func read(_ row: PostgresRow) throws(StoreError) -> (job: WorkflowJob, epoch: Int?) {
        let values: Row
        do {
            values = try row.decode(Row.self)
        } catch {
            throw StoreError(
                .corruptRecord(table: "workflow_jobs", id: id(of: row)?.text ?? "a row"),
                cause: error.description)
        }
        return (try make(values), values.19)
    }

    /// The id in such a row, which may be unreadable otherwise.
    static func id(of row: PostgresRow) -> UUID? { try? row.decode(UUID.self, at: 0) }

    private static func make(_ row: Row) throws(StoreError) -> WorkflowJob {
        guard let type = JobType(rawValue: row.1), let status = JobStatus(rawValue: row.11) else {
            throw StoreError(
                .corruptRecord(table: "workflow_jobs", id: row.0.text),
                cause: "its type or status is none that this engine knows")
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

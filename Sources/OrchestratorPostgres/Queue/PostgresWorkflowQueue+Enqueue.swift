internal import FoundationEssentials
public import Orchestrator
internal import PostgresWire
public import StoreContracts

extension PostgresWorkflowQueue {
    /// How often a request is looked up again when the job with its key ends at that very moment.
    private static let maximumAttempts = 5

    /// Adds jobs, all or none; the results are in the order of the requests.
    ///
    /// Locks nothing but what the new rows need. One statement for all jobs.
    ///
    /// - Throws: `invalidArgument`, `tenantConflict`, `missingRecord` for an unknown tenant.
    public func enqueue(_ requests: [EnqueueRequest]) async throws(StoreError) -> [EnqueueResult] {
        for request in requests { try request.validate() }
        guard !requests.isEmpty else { return [] }
        for _ in 0..<Self.maximumAttempts {
            let results = try await insert(requests)
            let ids: [UUID] = try results[1].stored(UUID.self, in: "workflow_jobs")
            var added = Set(ids)
            let found: [UUID?] = try results[2].stored(UUID?.self, in: "workflow_jobs")
            var answers: [EnqueueResult] = []
            for (request, id) in zip(requests, found) {
                guard let id else { break }
                let wasInserted = id == request.id && added.remove(id) != nil
                answers.append(EnqueueResult(jobID: id, wasInserted: wasInserted))
            }
            if answers.count == requests.count { return answers }
        }
        throw StoreError(.contention, effect: .unknown, cause: "jobs with the same key come and go")
    }

    private func insert(_ requests: [EnqueueRequest]) async throws(StoreError) -> [PostgresRows] {
        try await plane.verify()
        let names = plane.names
        do {
            return try await plane.run([
                EnqueueSQL.requireOwn(requests, names), EnqueueSQL.insert(requests, names),
                EnqueueSQL.find(requests, names), JobSQL.notify(names),
            ])
        } catch {
            switch error.sqlState {
            case SQLState.foreignTenant:
                let rows = try await plane.read(EnqueueSQL.foreign(requests, names))
                    .stored((String, UUID).self, in: "workflow_jobs")
                guard let (table, id) = rows.first else { throw StoreError(mapping: error) }
                throw StoreError(.tenantConflict(table: table, id: id.text))
            case SQLState.foreignKeyViolation:
                let tenants = Set(requests.map(\.tenantID.text)).sorted()
                throw StoreError(
                    .missingRecord(table: "tenants", id: tenants.joined(separator: " or ")),
                    effect: .rolledBack, cause: error.description)
            default: throw StoreError(mapping: error)
            }
        }
    }

    /// Completes the paused jobs of a waiting run and adds a resume job with the response, in one transaction.
    ///
    /// Locks: the run's paused jobs, then the run's row.
    ///
    /// - Throws: `missingRunRecord`; `invalidTransition` if the run does not wait; `tenantConflict`; `invalidArgument`
    ///   if it waits for another approval.
    public func enqueueResume(_ request: ResumeRequest) async throws(StoreError) -> EnqueueResult {
        try await plane.verify()
        let sql = ResumeSQL(request: request, names: plane.names)
        for _ in 0..<Self.maximumAttempts {
            let results: [PostgresRows]
            do {
                results = try await plane.run([
                    sql.completePaused, sql.requireWaiting, sql.insert, sql.known,
                    JobSQL.notify(plane.names),
                ])
            } catch {
                guard error.sqlState == SQLState.requestRefused else { throw StoreError(mapping: error) }
                throw try await objection(to: sql)
            }
            guard let id = try results[3].firstCell(UUID.self, in: "workflow_jobs") else { continue }
            return EnqueueResult(jobID: id, wasInserted: !results[2].isEmpty)
        }
        throw StoreError(.contention, effect: .unknown, cause: "jobs with the same key come and go")
    }

    private func objection(to sql: ResumeSQL) async throws(StoreError) -> StoreError {
        let runID = sql.request.runID
        let rows = try await plane.read(sql.run).stored((UUID, String).self, in: "workflow_runs")
        guard let (tenant, status) = rows.first else {
            return StoreError(.missingRunRecord(runID: runID, table: "workflow_runs"))
        }
        guard tenant == sql.request.tenantID.uuid else {
            return StoreError(.tenantConflict(table: "workflow_runs", id: runID.text))
        }
        guard status == WorkflowStatus.waiting.rawValue else {
            return StoreError(
                .invalidTransition(from: status, to: WorkflowStatus.running.rawValue),
                remedy: "Only a waiting run takes a response.")
        }
        return StoreError(
            .invalidArgument(name: "approval_id"), cause: "the run waits for another approval")
    }
}

extension EnqueueRequest {
    /// Checks what needs no rows.
    fileprivate func validate() throws(StoreError) {
        guard maxAttempts >= 1 else {
            throw StoreError(.invalidArgument(name: "max_attempts"), cause: "it is below 1")
        }
        guard visibilityTimeout >= .milliseconds(1), visibilityTimeout <= .milliseconds(Int64(Int32.max))
        else {
            throw StoreError(
                .invalidArgument(name: "visibility_timeout_ms"), cause: "it is below 1 or above 2147483647")
        }
        if let other = initialState?["run_id"]?.stringValue, UUID(text: other) != runID {
            throw StoreError(.invalidArgument(name: "initial_state"), cause: "its run_id is another run's")
        }
    }
}

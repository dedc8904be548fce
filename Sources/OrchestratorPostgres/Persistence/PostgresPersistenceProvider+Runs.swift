public import FoundationEssentials
public import Orchestrator
internal import PostgresWire
public import StoreContracts

extension PostgresPersistenceProvider {
    /// Inserts the row of the state's run, or updates its status and `completed_at`.
    ///
    /// Locks: the run's row, FOR NO KEY UPDATE.
    ///
    /// - Throws: `missingGraph`, `tenantConflict`, `staleClaim`, `invalidTransition`; with a claim `missingRunRecord`.
    public func saveWorkflowRun(_ state: WorkflowState) async throws(StoreError) {
        try await write(RunWrite(runID: state.runID, claim: claim, status: state.status, creating: state))
    }

    /// The row of a run; nil if there is none or it is not this tenant's.
    public func loadWorkflowRun(id: UUID) async throws(StoreError) -> WorkflowRunRecord? {
        try WorkflowRunRecord.read(try await plane.read(RunSQL.load(id, plane))).first
    }

    /// Runs, newest first, then by id descending.
    public func listWorkflowRuns(
        _ page: Page, filter: RunFilter
    ) async throws(StoreError) -> [WorkflowRunRecord] {
        try WorkflowRunRecord.read(try await plane.read(RunSQL.list(page, filter, plane)))
    }

    /// Sets the status of a run and `completed_at` with it; returns the number of rows, 0 or 1.
    ///
    /// Locks: the run's row, FOR NO KEY UPDATE.
    ///
    /// - Throws: `staleClaim`, `invalidTransition` out of a terminal status.
    public func updateRunStatus(runID: UUID, status: WorkflowStatus) async throws(StoreError) -> Int {
        do throws(StoreError) {
            try await write(RunWrite(runID: runID, claim: claim, status: status))
            return 1
        } catch {
            switch error.code {
            case .missingRunRecord, .tenantConflict: return 0
            default: throw error
            }
        }
    }

    /// Records where the run comes from.
    ///
    /// Locks: the run's row, FOR NO KEY UPDATE.
    ///
    /// - Throws: `missingRunRecord` (table `workflow_runs`), `missingRecord` if the parent is unknown, `staleClaim`,
    ///   `tenantConflict`.
    public func saveRunLineage(runID: UUID, lineage: RunLineage) async throws(StoreError) {
        let write = RunWrite(runID: runID, claim: claim)
        try checkClaim(runID)
        let rows = try await plane.write([RunSQL.saveLineage(write, lineage, plane)])[0]
        guard rows.isEmpty else { return }
        let diagnosis = RunDiagnosis(plane)
        if let objection = try await diagnosis.objection(to: write) { throw objection }
        guard let parent = lineage.parentRunID else { throw await diagnosis.reason(for: write) }
        switch try await diagnosis.objection(to: RunWrite(runID: parent))?.code {
        case .missingRunRecord:
            throw StoreError(.missingRecord(table: "workflow_runs", id: parent.text))
        case .some(let code): throw StoreError(code)
        case nil: throw StoreError(.contention, effect: .rolledBack, cause: "the run changed meanwhile")
        }
    }

    /// Asks whoever runs the run to cancel it; false if the run does not exist or is terminal.
    ///
    /// Locks: the run's paused jobs, then the run's row.
    public func requestCancel(runID: UUID) async throws(StoreError) -> Bool {
        let results = try await plane.write([
            RunSQL.wakePausedJobs(runID, plane), RunSQL.requestCancel(runID, plane),
            JobSQL.notify(plane.names),
        ])
        return !results[1].isEmpty
    }

    /// Runs a write about a run and nothing else; a refusal is explained.
    private func write(_ write: RunWrite) async throws(StoreError) {
        _ = try await run([], of: write)
    }

    /// Takes the run's row for a write, then runs the statements; returns the rows of these.
    func run(_ queries: [PostgresQuery], of write: RunWrite) async throws(StoreError) -> [PostgresRows] {
        try checkClaim(write.runID)
        do {
            return Array(try await plane.run([RunSQL.take(write, plane)] + queries).dropFirst())
        } catch {
            switch error.sqlState {
            case SQLState.runRefused, SQLState.insufficientPrivilege:
                throw await RunDiagnosis(plane).reason(for: write)
            default: throw plane.mapped(error)
            }
        }
    }

    private func checkClaim(_ runID: UUID) throws(StoreError) {
        guard let claim, claim.runID != runID else { return }
        throw StoreError(
            .notPermitted, cause: "the claim is of run \(claim.runID.text), the write of \(runID.text)")
    }
}

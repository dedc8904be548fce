public import FoundationEssentials
public import Orchestrator
internal import PostgresWire
public import StoreContracts

extension PostgresPersistenceProvider {
    /// Inserts the row of the state's run, or updates its status and `completed_at`.
    ///
    /// Locks: the run's row, FOR NO KEY UPDATE.
    ///
    /// - Throws: `missingGraph`, `tenantConflict`, `staleClaim`, `invalidTransition`; with a claim
    ///   `missingRunRecord`.
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
    /// - Throws: `missingRunRecord` (table `workflow_runs`), `missingRecord` if the parent is unknown,
    ///   `staleClaim`, `tenantConflict`.
    public func saveRunLineage(runID: UUID, lineage: RunLineage) async throws(StoreError) {
        let write = RunWrite(runID: runID, claim: claim)
        try lineage.validate(for: runID)
        try checkClaim(runID)
        let rows = try await plane.write([RunSQL.saveLineage(write, lineage, plane)])[0]
        if rows.isEmpty { throw try await objection(to: lineage, of: write) }
    }

    /// Saves a run and where it comes from, together or not at all.
    ///
    /// One round trip. Locks: the run's row, FOR NO KEY UPDATE.
    ///
    /// - Throws: as `saveWorkflowRun(_:)` and `saveRunLineage(runID:lineage:)`.
    public func saveWorkflowRun(_ state: WorkflowState, lineage: RunLineage) async throws(StoreError) {
        try lineage.validate(for: state.runID)
        try checkClaim(state.runID)
        let write = RunWrite(runID: state.runID, claim: claim, status: state.status, creating: state)
        do {
            _ = try await plane.run([
                RunSQL.take(write, plane), RunSQL.requireLineage(write, lineage, plane),
            ])
        } catch {
            switch error.sqlState {
            case SQLState.runRefused, SQLState.insufficientPrivilege:
                throw await RunDiagnosis(plane).reason(for: write)
            case SQLState.requestRefused: throw try await objection(to: lineage, of: write)
            default: throw plane.mapped(error)
            }
        }
    }

    /// Why a lineage could not be recorded: the run's row, or the parent.
    private func objection(
        to lineage: RunLineage, of write: RunWrite
    ) async throws(StoreError) -> StoreError {
        let diagnosis = RunDiagnosis(plane)
        // A new run is not there any more: its transaction was rolled back.
        if !write.creates, let objection = try await diagnosis.objection(to: write) { return objection }
        guard let parent = lineage.parentRunID else { return await diagnosis.reason(for: write) }
        switch try await diagnosis.objection(to: RunWrite(runID: parent))?.code {
        case .missingRunRecord: return StoreError(.missingRecord(table: "workflow_runs", id: parent.text))
        case .some(let code): return StoreError(code)
        case nil: return StoreError(.contention, effect: .rolledBack, cause: "the run changed meanwhile")
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

public import FoundationEssentials
public import JSONModel
public import Orchestrator
internal import PostgresWire
public import StoreContracts

extension PostgresPersistenceProvider {
    /// Adds the next version of the state; returns the version, contiguous from 1.
    ///
    /// Locks: the run's row, FOR NO KEY UPDATE, so that calls about one run take turns and all succeed.
    ///
    /// - Throws: `staleClaim`, `missingRunRecord` (table `workflow_states`), `tenantConflict`.
    public func saveWorkflowState(_ state: WorkflowState) async throws(StoreError) -> Int {
        try await insert(state, RunWrite(runID: state.runID, claim: claim, table: "workflow_states"))
    }

    /// `saveWorkflowRun(_:)` and `saveWorkflowState(_:)` in one transaction; returns the version.
    ///
    /// Locks: the run's row, FOR NO KEY UPDATE.
    ///
    /// - Throws: as both, with `missingRunRecord` (table `workflow_runs`) for an unknown graph's run.
    public func saveWorkflowSnapshot(_ state: WorkflowState) async throws(StoreError) -> Int {
        do throws(StoreError) {
            return try await insert(
                state,
                RunWrite(runID: state.runID, claim: claim, status: state.status, creating: state))
        } catch {
            guard case .missingGraph = error.code else { throw error }
            throw StoreError(
                .missingRunRecord(runID: state.runID, table: "workflow_runs"), cause: error.description)
        }
    }

    private func insert(_ state: WorkflowState, _ write: RunWrite) async throws(StoreError) -> Int {
        let rows = try await run([StateSQL.insert(state, plane)], of: write)[0]
        guard let version = try rows.firstCell(Int.self, in: "workflow_states") else {
            throw StoreError(.other, effect: .unknown, cause: "the server returned no version")
        }
        return version
    }

    /// The state with the greatest version (never by time), hydrated; nil if there is none.
    ///
    /// - Throws: `corruptRecord`, `newerVersion` if it cannot be loaded.
    public func loadLatestWorkflowState(runID: UUID) async throws(StoreError) -> WorkflowState? {
        let table = "workflow_states"
        let rows = try await plane.read(StateSQL.latest(runID, plane))
        guard let json = try rows.firstCell(JSONValue.self, in: table) else { return nil }
        return try WorkflowState(stored: json, table: table, runID: runID)
    }

    /// The versions of a run, ascending.
    ///
    /// - Throws: `invalidArgument` for a page that begins at a cursor.
    public func loadWorkflowStateHistory(
        runID: UUID, page: Page
    ) async throws(StoreError) -> [StateHistoryEntry] {
        guard case .offset(let offset) = page.start else {
            throw StoreError(.invalidArgument(name: "page"), cause: "the history has no cursors")
        }
        let query = StateSQL.history(runID, limit: page.limit, offset: offset, plane)
        let rows = try await plane.read(query).stored(
            (Int, String, String?, Date, Double?).self, in: "workflow_states")
        return rows.map { row in
            StateHistoryEntry(
                version: row.0, statusText: row.1, currentNode: row.2, createdAt: row.3,
                totalTokensUsed: row.4)
        }
    }

    /// The stored JSON of one version as it is, not hydrated; nil if there is none.
    public func loadWorkflowStateAtVersion(
        runID: UUID, version: Int
    ) async throws(StoreError) -> JSONValue? {
        try await plane.read(StateSQL.load(runID, version: version, plane))
            .firstCell(JSONValue.self, in: "workflow_states")
    }

    /// All events of a run, by sequence ascending.
    public func loadEvents(runID: UUID) async throws(StoreError) -> [WorkflowEvent] {
        try WorkflowEvent.read(
            try await plane.read(EventSQL.load(runID, after: -1, limit: nil, plane)))
    }
}

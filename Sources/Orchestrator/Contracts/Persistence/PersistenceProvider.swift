public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// Stores graphs, runs and versions of their states.
///
/// A provider is made for one tenant (the seed tenant if none is named) and, when a claim is given to it, for
/// one run: then every write about a run verifies the claim's epoch in its own transaction, and writes about
/// other runs are refused with `staleClaim`. Rows of other tenants are invisible; an id that belongs to
/// another tenant is a `tenantConflict` on writes.
///
/// On PostgreSQL every call is one pipelined network round trip. Whatever goes in comes back: unknown JSON
/// keys too.
public protocol PersistenceProvider: Sendable {
    /// Stores the whole graph; an existing one keeps its `created_at` and `version`.
    ///
    /// - Throws: `tenantConflict`; `invalidArgument` if the id of the graph is not a UUID.
    func saveGraph(_ graph: WorkflowGraph) async throws(StoreError)

    /// The graph; nil if it is not stored or not this tenant's.
    ///
    /// - Throws: `corruptRecord` if the stored definition cannot be read as a graph.
    func loadGraph(id: UUID) async throws(StoreError) -> WorkflowGraph?

    /// Graphs, last updated first, then by id descending.
    func listGraphs(_ page: Page) async throws(StoreError) -> [GraphRecord]

    /// Deletes a graph; false if there is none.
    ///
    /// - Throws: `graphInUse` while runs refer to it.
    func deleteGraph(id: UUID) async throws(StoreError) -> Bool

    /// Inserts the row of the state's run, or updates its status and `completed_at`.
    ///
    /// `completed_at` is the first instant at which the run was terminal. Graph, creation, epoch and lineage
    /// of an existing row stay. Locks: the run row.
    ///
    /// - Throws: `missingGraph`, `tenantConflict`, `staleClaim`, `invalidTransition` out of a terminal
    ///   status.
    func saveWorkflowRun(_ state: WorkflowState) async throws(StoreError)

    /// The row of a run; nil if there is none or it is not this tenant's.
    func loadWorkflowRun(id: UUID) async throws(StoreError) -> WorkflowRunRecord?

    /// Runs, newest first, then by id descending.
    func listWorkflowRuns(
        _ page: Page, filter: RunFilter
    ) async throws(StoreError) -> [WorkflowRunRecord]

    /// Sets the status of a run and `completed_at` with it; returns the number of rows, 0 or 1.
    ///
    /// - Throws: `staleClaim`, `invalidTransition` out of a terminal status.
    func updateRunStatus(runID: UUID, status: WorkflowStatus) async throws(StoreError) -> Int

    /// Records where the run comes from.
    ///
    /// - Throws: `missingRunRecord` (table `workflow_runs`), `missingRecord` if the parent is unknown,
    ///   `staleClaim`; `invalidArgument` if a run is to be its own parent.
    func saveRunLineage(runID: UUID, lineage: RunLineage) async throws(StoreError)

    /// `saveWorkflowRun(_:)` and `saveRunLineage(runID:lineage:)` in one transaction: a fork is never seen as
    /// a primary run.
    ///
    /// Locks: the run row.
    ///
    /// - Throws: as both.
    func saveWorkflowRun(_ state: WorkflowState, lineage: RunLineage) async throws(StoreError)

    /// Adds the next version of the state; returns the version, contiguous from 1. The run row is not
    /// touched.
    ///
    /// Not idempotent: every call adds a version. Any number of calls at once succeed, with distinct
    /// versions. Locks: the run row `FOR NO KEY UPDATE`.
    ///
    /// - Throws: `staleClaim`, `missingRunRecord` (table `workflow_states`), `tenantConflict`.
    func saveWorkflowState(_ state: WorkflowState) async throws(StoreError) -> Int

    /// `saveWorkflowRun(_:)` and `saveWorkflowState(_:)` in one transaction; returns the version.
    ///
    /// - Throws: as both, with table `workflow_runs` for an unknown graph's run.
    func saveWorkflowSnapshot(_ state: WorkflowState) async throws(StoreError) -> Int

    /// The state with the greatest version (never by time), hydrated; nil if there is none.
    ///
    /// - Throws: `corruptRecord`, `newerVersion` if it cannot be loaded.
    func loadLatestWorkflowState(runID: UUID) async throws(StoreError) -> WorkflowState?

    /// The versions of a run, ascending. Cursors are not supported here; use offsets.
    func loadWorkflowStateHistory(
        runID: UUID, page: Page
    ) async throws(StoreError) -> [StateHistoryEntry]

    /// The stored JSON of one version as it is, not hydrated; nil if there is none.
    func loadWorkflowStateAtVersion(runID: UUID, version: Int) async throws(StoreError) -> JSONValue?

    /// All events of a run, by sequence ascending.
    func loadEvents(runID: UUID) async throws(StoreError) -> [WorkflowEvent]

    /// Asks whoever runs the run to cancel it; false if the run does not exist or is terminal.
    ///
    /// The owner learns of it at its next heartbeat, commit or notification. A run that nobody holds is
    /// cancelled by its next claim. Asking twice is harmless. Not fenced.
    func requestCancel(runID: UUID) async throws(StoreError) -> Bool
}

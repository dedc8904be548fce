public import FoundationEssentials
public import StoreContracts

extension PersistenceProvider {
    /// The 100 graphs that were updated last.
    public func listGraphs() async throws(StoreError) -> [GraphRecord] {
        try await listGraphs(.first)
    }

    /// The newest runs of every kind, 100 unless the page says otherwise.
    public func listWorkflowRuns(_ page: Page = .first) async throws(StoreError) -> [WorkflowRunRecord] {
        try await listWorkflowRuns(page, filter: RunFilter())
    }

    /// For providers that cannot do it in one transaction: the run first, then its lineage.
    public func saveWorkflowRun(_ state: WorkflowState, lineage: RunLineage) async throws(StoreError) {
        try await saveWorkflowRun(state)
        try await saveRunLineage(runID: state.runID, lineage: lineage)
    }

    /// The first 50 versions of a run.
    public func loadWorkflowStateHistory(runID: UUID) async throws(StoreError) -> [StateHistoryEntry] {
        try await loadWorkflowStateHistory(runID: runID, page: try Page(limit: 50))
    }
}

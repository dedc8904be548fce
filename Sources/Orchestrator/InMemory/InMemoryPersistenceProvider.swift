public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// Stores graphs, runs and states in memory, with the semantics of the PostgreSQL provider.
public struct InMemoryPersistenceProvider: PersistenceProvider {
    /// The rows, shared with the other in-memory adapters.
    public let store: InMemoryStore
    private let tenant: TenantID
    private let claim: RunClaim?

    /// Creates a provider on a store; one without a store gets an empty one of its own.
    ///
    /// - Parameters:
    ///   - store: The rows.
    ///   - tenant: Whose rows it reads and writes.
    ///   - claim: The fence of every write about a run.
    public init(store: InMemoryStore = InMemoryStore(), tenant: TenantID = .seed, claim: RunClaim? = nil) {
        self.store = store
        self.tenant = tenant
        self.claim = claim
    }

    /// Stores the whole graph; an existing one keeps its `created_at` and `version`.
    public func saveGraph(_ graph: WorkflowGraph) async throws(StoreError) {
        try store.write { (tables, now) throws(StoreError) in
            try tables.saveGraph(graph, tenant: tenant, now: now)
        }
    }

    /// The graph; nil if it is not stored or not this tenant's.
    public func loadGraph(id: UUID) async throws(StoreError) -> WorkflowGraph? {
        try store.read { (tables, _) throws(StoreError) in try tables.loadGraph(id, tenant: tenant) }
    }

    /// Graphs, last updated first, then by id descending.
    public func listGraphs(_ page: Page) async throws(StoreError) -> [GraphRecord] {
        let all = store.read { tables, _ in tables.graphs.values.filter { $0.tenantID == tenant } }
        return page.select(from: all, by: \.cursor)
    }

    /// Deletes a graph; false if there is none.
    public func deleteGraph(id: UUID) async throws(StoreError) -> Bool {
        try store.write { (tables, _) throws(StoreError) in try tables.deleteGraph(id, tenant: tenant) }
    }

    /// Inserts the row of the state's run, or updates its status and `completed_at`.
    public func saveWorkflowRun(_ state: WorkflowState) async throws(StoreError) {
        try store.write { (tables, now) throws(StoreError) in
            try tables.assertClaim(claim, runID: state.runID, table: "workflow_runs")
            tables.runs[state.runID] = try tables.runRow(after: state, tenant: tenant, now: now)
        }
    }

    /// The row of a run; nil if there is none or it is not this tenant's.
    public func loadWorkflowRun(id: UUID) async throws(StoreError) -> WorkflowRunRecord? {
        store.read { tables, _ in tables.run(id, tenant: tenant) }
    }

    /// Runs, newest first, then by id descending.
    public func listWorkflowRuns(
        _ page: Page, filter: RunFilter
    ) async throws(StoreError) -> [WorkflowRunRecord] {
        let all = store.read { tables, _ in
            tables.runs.values.filter { $0.tenantID == tenant && filter.admits($0) }
        }
        return page.select(from: all, by: \.cursor)
    }

    /// Sets the status of a run and `completed_at` with it; returns the number of rows, 0 or 1.
    public func updateRunStatus(runID: UUID, status: WorkflowStatus) async throws(StoreError) -> Int {
        try store.write { (tables, now) throws(StoreError) in
            if tables.runs[runID] != nil {
                try tables.assertClaim(claim, runID: runID, table: "workflow_runs")
            }
            return try tables.updateRunStatus(runID, status, tenant: tenant, now: now)
        }
    }

    /// Saves a run and where it comes from, together or not at all.
    public func saveWorkflowRun(_ state: WorkflowState, lineage: RunLineage) async throws(StoreError) {
        try lineage.validate(for: state.runID)
        try store.write { (tables, now) throws(StoreError) in
            try tables.assertClaim(claim, runID: state.runID, table: "workflow_runs")
            let run = try tables.runRow(after: state, tenant: tenant, now: now)
            try tables.assertParent(of: lineage, tenant: tenant)
            tables.runs[state.runID] = run
            try tables.saveLineage(state.runID, lineage, tenant: tenant)
        }
    }

    /// Records where the run comes from.
    public func saveRunLineage(runID: UUID, lineage: RunLineage) async throws(StoreError) {
        try lineage.validate(for: runID)
        try store.write { (tables, _) throws(StoreError) in
            try tables.assertClaim(claim, runID: runID, table: "workflow_runs")
            try tables.saveLineage(runID, lineage, tenant: tenant)
        }
    }

    /// Adds the next version of the state; returns the version, contiguous from 1.
    public func saveWorkflowState(_ state: WorkflowState) async throws(StoreError) -> Int {
        try store.write { (tables, now) throws(StoreError) in
            try tables.assertClaim(claim, runID: state.runID, table: "workflow_states")
            _ = try tables.runForWrite(state.runID, tenant: tenant, table: "workflow_states")
            return tables.addState(state, tenant: tenant, now: now)
        }
    }

    /// `saveWorkflowRun(_:)` and `saveWorkflowState(_:)` in one transaction; returns the version.
    public func saveWorkflowSnapshot(_ state: WorkflowState) async throws(StoreError) -> Int {
        try store.write { (tables, now) throws(StoreError) in
            try tables.assertClaim(claim, runID: state.runID, table: "workflow_runs")
            do throws(StoreError) {
                tables.runs[state.runID] = try tables.runRow(after: state, tenant: tenant, now: now)
            } catch {
                guard case .missingGraph = error.code else { throw error }
                throw StoreError(
                    .missingRunRecord(runID: state.runID, table: "workflow_runs"), cause: error.code.sentence)
            }
            return tables.addState(state, tenant: tenant, now: now)
        }
    }

    /// The state with the greatest version (never by time), hydrated; nil if there is none.
    public func loadLatestWorkflowState(runID: UUID) async throws(StoreError) -> WorkflowState? {
        try store.read { (tables, _) throws(StoreError) in try tables.latestState(runID, tenant: tenant) }
    }

    /// The versions of a run, ascending.
    public func loadWorkflowStateHistory(
        runID: UUID, page: Page
    ) async throws(StoreError) -> [StateHistoryEntry] {
        guard case .offset(let offset) = page.start else {
            throw StoreError(.invalidArgument(name: "page"), cause: "the history has no cursors")
        }
        let rows = store.read { tables, _ in
            tables.run(runID, tenant: tenant) == nil ? [] : tables.states[runID]?.map(\.entry) ?? []
        }
        return Array(rows.dropFirst(offset).prefix(page.limit))
    }

    /// The stored JSON of one version as it is, not hydrated; nil if there is none.
    public func loadWorkflowStateAtVersion(
        runID: UUID, version: Int
    ) async throws(StoreError) -> JSONValue? {
        let bytes = store.read { tables, _ in
            tables.run(runID, tenant: tenant) == nil
                ? nil : tables.states[runID]?.first { $0.version == version }?.state
        }
        return bytes.flatMap {
            try? JSONValue(parsing: $0, limits: JSONLimits(depth: JSONLimits.maximumDepth))
        }
    }

    /// All events of a run, by sequence ascending.
    public func loadEvents(runID: UUID) async throws(StoreError) -> [WorkflowEvent] {
        store.read { tables, _ in tables.loadEvents(runID, after: -1, limit: nil, tenant: tenant) }
    }

    /// Asks whoever runs the run to cancel it; false if the run does not exist or is terminal.
    public func requestCancel(runID: UUID) async throws(StoreError) -> Bool {
        store.write { tables, now in tables.requestCancel(runID, tenant: tenant, now: now) }
    }
}

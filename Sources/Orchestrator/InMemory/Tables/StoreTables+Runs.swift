import FoundationEssentials
import StoreContracts

extension StoreTables {
    /// The row that `saveWorkflowRun` leaves, without storing it.
    ///
    /// - Throws: `missingGraph`, `tenantConflict`, `invalidTransition`.
    func runRow(
        after state: WorkflowState, tenant: TenantID, now: Date
    ) throws(StoreError) -> WorkflowRunRecord {
        guard var run = runs[state.runID] else {
            try assertGraph(state.workflowID, tenant: tenant)
            return WorkflowRunRecord(
                id: state.runID, graphID: state.workflowID, statusText: state.status.rawValue,
                createdAt: state.createdAt, completedAt: state.status.isTerminal ? now : nil,
                tenantID: tenant)
        }
        guard run.tenantID == tenant else {
            throw StoreError(.tenantConflict(table: "workflow_runs", id: state.runID.text))
        }
        try run.become(state.status, at: now)
        return run
    }

    mutating func updateRunStatus(
        _ id: UUID, _ status: WorkflowStatus, tenant: TenantID, now: Date
    ) throws(StoreError) -> Int {
        guard var run = run(id, tenant: tenant) else { return 0 }
        try run.become(status, at: now)
        runs[id] = run
        return 1
    }

    mutating func saveLineage(
        _ runID: UUID, _ lineage: RunLineage, tenant: TenantID
    ) throws(StoreError) {
        var run = try runForWrite(runID, tenant: tenant, table: "workflow_runs")
        try assertParent(of: lineage, tenant: tenant)
        run.lineage = lineage
        run.lineage.forkMutations = lineage.forkMutations?.map(\.throughText)
        runs[runID] = run
    }

    /// Whether the parent, if there is one, is a run of the tenant.
    ///
    /// - Throws: `missingRecord`, `tenantConflict`.
    func assertParent(of lineage: RunLineage, tenant: TenantID) throws(StoreError) {
        guard let parent = lineage.parentRunID else { return }
        guard let row = runs[parent] else {
            throw StoreError(.missingRecord(table: "workflow_runs", id: parent.text))
        }
        guard row.tenantID == tenant else {
            throw StoreError(.tenantConflict(table: "workflow_runs", id: parent.text))
        }
    }

    mutating func requestCancel(_ runID: UUID, tenant: TenantID, now: Date) -> Bool {
        guard var run = run(runID, tenant: tenant), run.status?.isTerminal != true else { return false }
        run.cancelRequestedAt = run.cancelRequestedAt ?? now
        runs[runID] = run
        // Nobody claims a paused job, so the run would never learn of it.
        for var job in jobs.all.values where job.runID == runID && job.status == .paused {
            job.status = .waiting
            job.visibleAt = nil
            jobs.store(job)
        }
        hasNews = true
        return true
    }
}

extension WorkflowRunRecord {
    /// Takes a status and keeps the first instant of completion.
    ///
    /// - Throws: `invalidTransition` out of a terminal status.
    mutating func become(_ next: WorkflowStatus, at now: Date) throws(StoreError) {
        if let status, !status.canBecome(next) {
            throw StoreError(.invalidTransition(from: status.rawValue, to: next.rawValue))
        }
        statusText = next.rawValue
        completedAt = next.isTerminal ? completedAt ?? now : nil
    }
}

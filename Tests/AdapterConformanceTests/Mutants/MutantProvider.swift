import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

/// A provider with one planted bug.
struct MutantProvider: PersistenceProvider {
    enum Bug: String, CaseIterable, Sendable {
        case dropsUnknownKeys, listsOldestFirst, ignoresOffset, limitIsOneTooMany, pretendsToDelete
        case completionMoves, readsOtherTenants, snapshotWithoutRun, versionIsAlwaysOne, withoutFence
        case historyIsDescending, latestIsTheFirst, cancelsTerminalRuns, conflictsAreSilent
        case filterIsIgnored, lineageIsForgotten, unknownRunsHaveAStatus, statesLoseTheirMemory
        case terminalRunsWakeUp
    }

    let bug: Bug
    let tenant: TenantID
    let make: @Sendable (TenantID) -> any PersistenceProvider
    let inner: any PersistenceProvider
    let tenants: [TenantID]

    func saveGraph(_ graph: WorkflowGraph) async throws(StoreError) {
        do {
            try await inner.saveGraph(graph)
        } catch {
            guard bug == .conflictsAreSilent else { throw error }
        }
    }

    func loadGraph(id: UUID) async throws(StoreError) -> WorkflowGraph? {
        if bug == .readsOtherTenants {
            for tenant in tenants {
                if let graph = try await make(tenant).loadGraph(id: id) { return graph }
            }
        }
        var graph = try await inner.loadGraph(id: id)
        if bug == .dropsUnknownKeys { graph?.additionalFields = [:] }
        return graph
    }

    private func changed(_ page: Page) throws(StoreError) -> Page {
        switch (bug, page.start) {
        case (.ignoresOffset, _): return try Page(limit: page.limit)
        case (.limitIsOneTooMany, .offset(let offset)):
            return try Page(limit: page.limit + 1, offset: offset)
        case (.limitIsOneTooMany, .after(let cursor)): return try Page(limit: page.limit + 1, after: cursor)
        default: return page
        }
    }

    func listGraphs(_ page: Page) async throws(StoreError) -> [GraphRecord] {
        let rows = try await inner.listGraphs(changed(page))
        return bug == .listsOldestFirst ? rows.reversed() : rows
    }

    func deleteGraph(id: UUID) async throws(StoreError) -> Bool {
        bug == .pretendsToDelete ? true : try await inner.deleteGraph(id: id)
    }

    func saveWorkflowRun(_ state: WorkflowState) async throws(StoreError) {
        do {
            try await inner.saveWorkflowRun(state)
        } catch {
            guard bug == .terminalRunsWakeUp, case .invalidTransition = error.code else { throw error }
        }
    }

    func loadWorkflowRun(id: UUID) async throws(StoreError) -> WorkflowRunRecord? {
        if bug == .readsOtherTenants {
            for tenant in tenants {
                if let run = try await make(tenant).loadWorkflowRun(id: id) { return run }
            }
        }
        var run = try await inner.loadWorkflowRun(id: id)
        if bug == .completionMoves, run?.completedAt != nil { run?.completedAt = Date() }
        return run
    }

    func listWorkflowRuns(
        _ page: Page, filter: RunFilter
    ) async throws(StoreError) -> [WorkflowRunRecord] {
        try await inner.listWorkflowRuns(
            changed(page), filter: bug == .filterIsIgnored ? RunFilter() : filter)
    }

    func updateRunStatus(runID: UUID, status: WorkflowStatus) async throws(StoreError) -> Int {
        let count = try await inner.updateRunStatus(runID: runID, status: status)
        return bug == .unknownRunsHaveAStatus ? 1 : count
    }

    func saveRunLineage(runID: UUID, lineage: RunLineage) async throws(StoreError) {
        var lineage = lineage
        if bug == .lineageIsForgotten { lineage.forkMutations = nil }
        try await inner.saveRunLineage(runID: runID, lineage: lineage)
    }

    func saveWorkflowState(_ state: WorkflowState) async throws(StoreError) -> Int {
        let version = try await inner.saveWorkflowState(state)
        return bug == .versionIsAlwaysOne ? 1 : version
    }

    func saveWorkflowSnapshot(_ state: WorkflowState) async throws(StoreError) -> Int {
        bug == .snapshotWithoutRun
            ? try await inner.saveWorkflowState(state) : try await inner.saveWorkflowSnapshot(state)
    }

    func loadLatestWorkflowState(runID: UUID) async throws(StoreError) -> WorkflowState? {
        if bug == .latestIsTheFirst {
            guard let json = try await inner.loadWorkflowStateAtVersion(runID: runID, version: 1) else {
                return nil
            }
            var latest = try await inner.loadLatestWorkflowState(runID: runID)
            latest?.goal = json["goal"]?.stringValue ?? ""
            return latest
        }
        var state = try await inner.loadLatestWorkflowState(runID: runID)
        if bug == .statesLoseTheirMemory { state?.memory = [:] }
        return state
    }

    func loadWorkflowStateHistory(
        runID: UUID, page: Page
    ) async throws(StoreError) -> [StateHistoryEntry] {
        let rows = try await inner.loadWorkflowStateHistory(runID: runID, page: changed(page))
        return bug == .historyIsDescending ? rows.reversed() : rows
    }

    func loadWorkflowStateAtVersion(runID: UUID, version: Int) async throws(StoreError) -> JSONValue? {
        try await inner.loadWorkflowStateAtVersion(runID: runID, version: version)
    }

    func loadEvents(runID: UUID) async throws(StoreError) -> [WorkflowEvent] {
        try await inner.loadEvents(runID: runID)
    }

    func requestCancel(runID: UUID) async throws(StoreError) -> Bool {
        let accepted = try await inner.requestCancel(runID: runID)
        return bug == .cancelsTerminalRuns ? true : accepted
    }
}

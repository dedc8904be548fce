internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// Writes the commit of a step, on a pool or in an open transaction.
struct StepWriter: Sendable {
    /// How often a commit is sent again after a part of it was found to be durable.
    private static let maximumAttempts = 3

    let plane: TenantPlane

    init(_ plane: TenantPlane) { self.plane = plane }

    /// Commits a step: one round trip unless it is refused.
    func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        try commit.validate()
        var commit = commit
        commit.events = commit.events.map(\.storable)
        if let first = commit.events.first, first.sequenceID < 0 {
            throw StoreError(.invalidArgument(name: "sequence_id"), cause: "it is negative")
        }
        var fresh = commit.events
        for _ in 0..<Self.maximumAttempts {
            let results: [PostgresRows]
            do {
                results = try await plane.run(statements(commit, fresh))
            } catch {
                switch try await resolve(commit, after: error) {
                case .durable(let receipt): return receipt
                case .partlyDurable(let missing): fresh = missing
                }
                continue
            }
            return try receipt(of: results, for: commit)
        }
        throw StoreError(.contention, effect: .rolledBack, cause: "the run changed meanwhile")
    }

    /// The statements of a commit, of whose events only `events` are missing in the log.
    private func statements(_ commit: RunCommit, _ events: [NewWorkflowEvent]) -> [PostgresQuery] {
        var queries: [PostgresQuery] = []
        if let handle = commit.disposition.handle, let change = JobChange(commit.disposition) {
            queries.append(JobSQL.dispose(handle, change, plane))
        }
        queries.append(RunSQL.take(commit.write, plane))
        if !events.isEmpty { queries.append(EventSQL.insert(events, plane)) }
        if let state = commit.state {
            queries.append(StateSQL.insert(state, plane))
            if let kept = commit.keptSnapshots {
                queries.append(StateSQL.prune(commit.runID, keeping: max(1, kept), plane))
            }
        }
        if case .requeue = commit.disposition { queries.append(JobSQL.notify(plane.names)) }
        return queries
    }

    private func receipt(
        of results: [PostgresRows], for commit: RunCommit
    ) throws(StoreError) -> CommitReceipt {
        let run = results[commit.disposition.handle == nil ? 0 : 1]
        let cancels = try run.firstCell(Bool.self, in: "workflow_runs") ?? false
        guard commit.state != nil else { return CommitReceipt(stateVersion: nil, cancelRequested: cancels) }
        let states = results.last { $0.columns.fields.first?.name == "version" }
        let version = try states?.firstCell(Int.self, in: "workflow_states")
        return CommitReceipt(stateVersion: version, cancelRequested: cancels)
    }
}

extension RunCommit {
    /// What the commit asks of the run's row.
    var write: RunWrite {
        RunWrite(runID: runID, claim: claim, status: state?.status, creating: createsRun ? state : nil)
    }
}

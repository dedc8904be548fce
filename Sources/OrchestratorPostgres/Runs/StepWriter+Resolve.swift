internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

extension StepWriter {
    /// What a refused commit turned out to be.
    enum Resolution {
        /// An earlier attempt of it is durable.
        case durable(CommitReceipt)
        /// Only these events of it are not durable; with them it may be sent again.
        case partlyDurable(missing: [NewWorkflowEvent])
    }

    /// Finds out why a commit was refused, in the order that the contract gives: run, fence, events, job, status.
    func resolve(_ commit: RunCommit, after error: PostgresError) async throws(StoreError) -> Resolution {
        let refusals = [
            SQLState.runRefused, SQLState.jobRefused, SQLState.uniqueViolation,
            SQLState.insufficientPrivilege,
        ]
        guard let state = error.sqlState, refusals.contains(state) else { throw plane.mapped(error) }
        let diagnosis = RunDiagnosis(plane)
        if let objection = try await diagnosis.objection(to: commit.write, checksStatus: false) {
            throw objection
        }
        let stored = try WorkflowEvent.read(try await plane.read(EventSQL.stored(commit.events, plane)))
        let missing = try StoredEvents(stored).fresh(among: commit.events)
        if missing.isEmpty, let receipt = try await durableReceipt(commit) { return .durable(receipt) }
        if let handle = commit.disposition.handle {
            let isHeld = try await plane.read(JobSQL.isHeld(handle, plane))
                .firstCell(Bool.self, in: "workflow_jobs")
            guard isHeld == true else { throw StoreError(.jobNotHeld(jobID: handle.jobID)) }
        }
        if let objection = try await diagnosis.objection(to: commit.write) { throw objection }
        if state == SQLState.uniqueViolation, missing.count == commit.events.count {
            // Another tenant's event has an id of these.
            let first = commit.events[0]
            throw StoreError(.eventSequenceConflict(runID: first.runID, sequenceID: first.sequenceID))
        }
        return .partlyDurable(missing: missing)
    }

    /// The receipt of a commit whose events are all in the log; nil if its snapshot is not stored.
    private func durableReceipt(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt? {
        var version: Int?
        if let mark = commit.state?.lastEventSequenceID {
            version = try await plane.read(StateSQL.version(commit.runID, mark: mark, plane))
                .firstCell(Int.self, in: "workflow_states")
            guard version != nil else { return nil }
        }
        let run = try WorkflowRunRecord.read(try await plane.read(RunSQL.load(commit.runID, plane))).first
        return CommitReceipt(
            stateVersion: version, wasReplayed: true, cancelRequested: run?.cancelRequestedAt != nil)
    }
}

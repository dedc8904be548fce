import FoundationEssentials
package import StoreContracts

extension StoreTables {
    /// Checks everything, then writes everything.
    mutating func commit(
        _ commit: RunCommit, tenant: TenantID, now: Date
    ) throws(StoreError) -> CommitReceipt {
        try commit.validate()
        var row = try commitRow(commit, tenant: tenant, now: now)
        let fresh = try newEvents(among: commit.events)
        if fresh.isEmpty {
            let version = states[commit.runID]?.last { $0.mark == commit.state?.lastEventSequenceID }?.version
            if commit.state == nil || version != nil {
                return CommitReceipt(
                    stateVersion: commit.state == nil ? nil : version, wasReplayed: true,
                    cancelRequested: row.cancelRequestedAt != nil)
            }
        }
        if let handle = commit.disposition.handle, check(handle) != .applied {
            throw StoreError(.jobNotHeld(jobID: handle.jobID))
        }
        if let state = commit.state { try row.become(state.status, at: now) }
        runs[commit.runID] = row
        insertEvents(fresh, tenant: tenant, now: now)
        let version = commit.state.map { addState($0, tenant: tenant, now: now) }
        if let kept = commit.keptSnapshots, let count = states[commit.runID]?.count, count > max(1, kept) {
            states[commit.runID]?.removeFirst(count - max(1, kept))
        }
        dispose(commit.disposition, now: now)
        return CommitReceipt(stateVersion: version, cancelRequested: row.cancelRequestedAt != nil)
    }

    /// The run's row before the step, or the one to create.
    private func commitRow(
        _ commit: RunCommit, tenant: TenantID, now: Date
    ) throws(StoreError) -> WorkflowRunRecord {
        if runs[commit.runID] == nil, commit.claim == nil, commit.createsRun, let state = commit.state {
            try assertGraph(state.workflowID, tenant: tenant)
            return WorkflowRunRecord(
                id: state.runID, graphID: state.workflowID, statusText: WorkflowStatus.pending.rawValue,
                createdAt: state.createdAt, tenantID: tenant)
        }
        let row = try runForWrite(commit.runID, tenant: tenant, table: "workflow_runs")
        try assertClaim(commit.claim, runID: commit.runID, table: "workflow_runs")
        return row
    }

    mutating func compact(
        state: WorkflowState, claim: RunClaim?, retain: Int, tenant: TenantID, now: Date
    ) throws(StoreError) -> Int {
        guard retain >= 1 else {
            throw StoreError(
                .invalidArgument(name: "retain_checkpoints"), cause: "retain_checkpoints must be >= 1")
        }
        guard let mark = state.lastEventSequenceID else {
            throw StoreError(.invalidArgument(name: "state"), cause: "it has no event mark")
        }
        _ = try runForWrite(state.runID, tenant: tenant, table: "workflow_checkpoints")
        try assertClaim(claim, runID: state.runID, table: "workflow_checkpoints")
        addCheckpoint(state, runID: state.runID, sequenceID: mark, retain: retain, now: now)
        return events.remove(state.runID, through: mark)
    }

    func position(_ runID: UUID, tenant: TenantID, now: Date) throws(StoreError) -> RunPosition {
        let snapshot = try latestState(runID, tenant: tenant)
        let checkpoint = try latestCheckpoint(runID, tenant: tenant)
        let log = run(runID, tenant: tenant) == nil ? [] : events.log(runID)
        let mark = max(snapshot?.lastEventSequenceID ?? -1, checkpoint?.sequenceID ?? -1)
        let lastAction = log.last { $0.eventType == .actionDispatched }?.sequenceID ?? 0
        let first = min(mark + 1, lastAction)
        return RunPosition(
            run: run(runID, tenant: tenant), snapshot: snapshot, checkpoint: checkpoint,
            latestKnownSequence: latestKnownSequence(runID, tenant: tenant),
            events: log.filter { $0.sequenceID >= first },
            started: log.first { $0.eventType == .workflowStarted }, now: now)
    }
}

extension RunCommit {
    /// Checks what no store needs its rows for.
    ///
    /// - Throws: `invalidArgument` if there is no event, the events are not contiguous or of another run, or the
    ///   state's mark is not the last event; `notPermitted` if the claim is of another run.
    package func validate() throws(StoreError) {
        guard let first = events.first, let last = events.last else {
            throw StoreError(.invalidArgument(name: "events"), cause: "a commit needs at least one event")
        }
        for (offset, event) in events.enumerated()
        where event.runID != runID || event.sequenceID != first.sequenceID + offset {
            throw StoreError(
                .invalidArgument(name: "events"), cause: "they are not contiguous events of one run")
        }
        if let state, state.runID != runID || state.lastEventSequenceID != last.sequenceID {
            throw StoreError(
                .invalidArgument(name: "state"), cause: "its event mark is not the last event of the commit")
        }
        if let claim, claim.runID != runID {
            throw StoreError(.notPermitted, cause: "the claim is of run \(claim.runID.text)")
        }
    }
}

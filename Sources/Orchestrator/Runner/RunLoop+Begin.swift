import FoundationEssentials
import JSONModel
import StoreContracts

extension RunLoop {
    /// Finds out where the run stands and makes its beginning durable; an outcome if there is nothing to execute.
    func begin(_ seed: RunSeed) async throws -> RunOutcome? {
        let position = try await committer.retrying { [store] () async throws(StoreError) in
            try await store.loadPosition(runID: seed.state.runID)
        }
        options.clock = StoreAlignedClock.aligning(options.clock, to: position.now)
        if seed.requiresHistory, position.latestKnownSequence < 0 {
            throw WorkflowError.eventLogCorrupt(
                runID: seed.state.runID, sequenceID: nil, reason: "is empty")
        }
        let recovery = RunRecovery(
            graphID: index.graph.id, limits: options.limits,
            allowsUnknownVersion: options.allowsUnknownReplayVersion)
        let recovered = try recovery.recover(position, seed: seed.state)
        state = recovered.state
        nextSequence = recovered.nextSequence
        recordedItems = recovered.recordedItems
        if recovered.cutStep == nil, state.status.isTerminal { return Self.outcome(of: state) }
        if position.run?.cancelRequestedAt != nil { control.send(.cancel) }
        if problems.isEmpty {
            let missing = handlers.unwiredNodes(of: index.graph)
            guard missing.isEmpty else { throw WorkflowError.wiring(nodeIDs: missing) }
        }
        if recovered.needsHealing { try await heal() }
        lastTick = options.clock.now()
        var draft = makeDraft()
        if let cut = recovered.cutStep {
            let ending = rules.finish(cut, in: &draft)
            if case .next = ending {
            } else if draft.state.status.isTerminal {
                return try await commit(draft, ending)
            }
        }
        if draft.state.status == .waiting { return try await resume(seed, draft, now: position.now) }
        if recovered.isFresh {
            addGenesis(to: &draft)
        } else {
            draft.dispatch(.resume(audit))
        }
        return try await commitBeginning(draft, isFresh: recovered.isFresh)
    }

    private func commitBeginning(
        _ draft: StepDraft, isFresh: Bool
    ) async throws -> RunOutcome? {
        var draft = draft
        var ending = StepEnding.next(draft.state.currentNode ?? "")
        if draft.state.currentNode == nil {
            ending = rules.addFailure(WorkflowError.missingNode(nodeID: "none"), to: &draft)
        } else if !problems.isEmpty {
            ending = rules.addFailure(WorkflowError.graphInvalid(problems), to: &draft)
        } else if control.request == .cancel {
            draft.dispatch(.cancel)
            ending = .cancelled
        }
        emit(.workflowStart(isResume: !isFresh))
        return try await commit(draft, ending, createsRun: isFresh)
    }

    private func addGenesis(to draft: inout StepDraft) {
        let payload = Genesis.payload(of: draft.state)
        draft.dispatch(.start(node: index.graph.startNode))
        draft.startWorkflow(payload)
    }

    private var audit: ClaimAudit {
        ClaimAudit(
            workerID: options.workerID, claimEpoch: options.claim?.epoch, jobID: options.job?.jobID.text)
    }

    /// Goes on with a waiting run: applies the response, or lets the deadline pass, or goes on waiting.
    private func resume(_ seed: RunSeed, _ draft: StepDraft, now: Date) async throws -> RunOutcome? {
        var draft = draft
        if control.request == .cancel {
            draft.dispatch(.cancel)
            return try await commit(draft, .cancelled)
        }
        if let deadline = draft.state.waitingTimeoutAt, now >= deadline {
            draft.dispatch(.timeOut)
            return try await commit(draft, .timedOut)
        }
        guard let response = seed.response else { return try await keepWaiting(draft) }
        let key = response.responseKey ?? seed.responseKey ?? options.ids.next().text
        let pending = draft.state.pendingApproval?["approval_id"]?.stringValue
        let isOfThisPause = response.approvalID == nil || response.approvalID == pending
        guard isOfThisPause, !draft.state.appliedResponseKeys.contains(key) else {
            wasResponseStale = true
            emit(.staleResponse)
            return try await keepWaiting(draft)
        }
        draft.dispatch(.resume(audit))
        let ending = rules.addResponse(response, key: key, to: &draft)
        emit(.workflowStart(isResume: true))
        return try await commit(draft, ending)
    }

    private func keepWaiting(_ draft: StepDraft) async throws -> RunOutcome {
        if draft.isEmpty { return .waiting }
        return try await commit(draft, .waiting) ?? .waiting
    }

    /// Covers a hole of the log with a checkpoint, so that it is behind an anchor for ever.
    private func heal() async throws {
        let state = state
        _ = try await committer.retrying { [store, options] () async throws(StoreError) in
            try await store.compact(
                state: state, claim: options.claim, retainCheckpoints: options.retainedCheckpoints)
        }
        emit(.logHealed(sequenceID: state.lastEventSequenceID ?? -1))
    }
}

import StoreContracts

extension RunLoop {
    func emit(_ kind: RunEvent.Kind) {
        hub.send(
            RunEvent(kind: kind, runID: state.runID, graphID: index.graph.id, time: options.clock.now()))
    }

    /// Tells what a commit made durable.
    func emitCommitted(_ draft: StepDraft, before: WorkflowState, _ receipt: CommitReceipt) {
        for action in draft.actions { emit(.actionApplied(action)) }
        for fraction in draft.firedThresholds {
            emit(
                .budgetThresholdReached(
                    fraction: fraction, costUSD: draft.state.totalCostUSD,
                    budgetUSD: draft.state.budgetUSD ?? 0))
        }
        let drops = draft.state.memoryDrops
        if let newest = drops.last, newest != before.memoryDrops.last {
            let known = before.memoryDrops
            emit(.memoryDropped(drops.filter { !known.contains($0) }))
        }
        emit(
            .statePersisted(
                version: receipt.stateVersion, sequenceID: draft.state.lastEventSequenceID ?? -1))
    }

    /// Tells how the execution ended; nothing if the run had ended before.
    func emitEnd(_ outcome: RunOutcome) {
        switch outcome {
        case .waiting: emit(.workflowWaiting)
        case .paused: emit(.workflowPaused)
        case .abandoned: break
        case .completed where hasCommitted: emit(.workflowComplete)
        case .failed(let error) where hasCommitted: emit(.workflowFailed(error))
        case .timedOut where hasCommitted: emit(.workflowTimeout)
        case .cancelled where hasCommitted: emit(.workflowCancelled)
        case .completed, .failed, .timedOut, .cancelled: break
        }
    }
}

import FoundationEssentials
import JSONModel
import StoreContracts

/// Finds out where a run stands.
struct RunRecovery: Sendable {
    let graphID: UUID
    let limits: RuntimeLimits
    let allowsUnknownVersion: Bool

    private struct Base {
        var state: WorkflowState
        var mark: Int
    }

    /// Recovers a run; `seed` is the state of one without any history.
    ///
    /// No handler is called. The newer one of snapshot and checkpoint is the base; the log after it is folded.
    ///
    /// - Throws: `eventLogCorrupt`, `replayVersionMismatch`.
    func recover(_ position: RunPosition, seed: WorkflowState) throws(WorkflowError) -> RecoveredRun {
        if position.latestKnownSequence < 0 { return fresh(position, seed: seed) }
        let base = self.base(position)
        let mark = base?.mark ?? -1
        let tail = position.events.filter { $0.sequenceID > mark }
        guard Self.isContiguous(tail, after: mark) else { return try healed(position) }
        if !tail.isEmpty { try checkVersion(position) }
        var state: WorkflowState
        if let base { state = base.state } else { state = try start(tail, position, seed: seed) }
        for event in tail { try Self.fold(event, into: &state, limits: limits) }
        let last = tail.last?.sequenceID ?? mark
        state.lastEventSequenceID = last
        return RecoveredRun(
            state: state, nextSequence: max(last, position.latestKnownSequence) + 1, isFresh: false,
            cutStep: try CutStep(position.events), needsHealing: false,
            recordedItems: items(position, state))
    }

    private func items(_ position: RunPosition, _ state: WorkflowState) -> [Int: WorkflowAction] {
        guard let node = state.currentNode else { return [:] }
        return ChildRecorder.recorded(in: position.events, mapID: node, iteration: state.iterationCount)
    }

    private func fresh(_ position: RunPosition, seed: WorkflowState) -> RecoveredRun {
        let state = position.snapshot ?? seed
        // A state with a history that no log records: go on from it.
        let hasHistory = !state.visitedNodes.isEmpty && state.currentNode != nil
        return RecoveredRun(
            state: state, nextSequence: (state.lastEventSequenceID ?? -1) + 1,
            isFresh: !hasHistory && !state.status.isTerminal && state.status != .waiting, cutStep: nil,
            needsHealing: false, recordedItems: [:])
    }

    private func base(_ position: RunPosition) -> Base? {
        let snapshot = position.snapshot.flatMap { state in
            state.lastEventSequenceID.map { Base(state: state, mark: $0) }
        }
        let checkpoint = position.checkpoint.map { Base(state: $0.state, mark: $0.sequenceID) }
        guard let snapshot else { return checkpoint }
        guard let checkpoint, checkpoint.mark > snapshot.mark else { return snapshot }
        return checkpoint
    }

    /// Goes on from the snapshot when the log after it has a hole.
    private func healed(_ position: RunPosition) throws(WorkflowError) -> RecoveredRun {
        guard var state = position.snapshot else {
            throw .eventLogCorrupt(
                runID: position.events.first?.runID ?? graphID, sequenceID: position.events.first?.sequenceID,
                reason: "has a hole and there is no snapshot")
        }
        let seen = max(position.latestKnownSequence, position.events.last?.sequenceID ?? -1)
        state.lastEventSequenceID = seen
        return RecoveredRun(
            state: state, nextSequence: seen + 1,
            isFresh: state.status == .pending && state.visitedNodes.isEmpty,
            cutStep: nil, needsHealing: true, recordedItems: [:])
    }

    private func checkVersion(_ position: RunPosition) throws(WorkflowError) {
        guard let logged = position.started?.internalPayload?["replay_version"]?.intValue else { return }
        guard ReplayVersion.compatible.contains(logged) || allowsUnknownVersion else {
            throw .replayVersionMismatch(logged: logged, current: ReplayVersion.current)
        }
    }

    /// The state before the first event of a log without snapshots.
    private func start(
        _ events: [WorkflowEvent], _ position: RunPosition, seed: WorkflowState
    ) throws(WorkflowError) -> WorkflowState {
        guard let first = events.first else { return seed }
        guard events.contains(where: { $0.internalType == "_init" }) else {
            throw .eventLogCorrupt(
                runID: first.runID, sequenceID: nil, reason: "has no _init and no snapshot")
        }
        do {
            return try Genesis.state(
                payload: position.started?.internalPayload?.objectValue,
                graphID: position.run?.graphID ?? graphID, runID: first.runID, firstEvent: first.createdAt)
        } catch {
            throw .eventLogCorrupt(
                runID: first.runID, sequenceID: position.started?.sequenceID,
                reason: "starts wrongly: \(error)")
        }
    }

    static func isContiguous(_ events: [WorkflowEvent], after mark: Int) -> Bool {
        for (offset, event) in events.enumerated() where event.sequenceID != mark + 1 + offset {
            return false
        }
        return true
    }
}

import FoundationEssentials
import StoreContracts

extension RunLoop {
    /// Makes a draft durable and takes it over; an outcome if the run does not go on here.
    func commit(
        _ draft: StepDraft, _ ending: StepEnding, createsRun: Bool = false
    ) async throws -> RunOutcome? {
        let prepared = prepare(draft, ending)
        let receipt = try await committer.commit(
            prepared.commit(claim: options.claim, createsRun: createsRun, keptSnapshots: keptSnapshots))
        return try await adopt(prepared, receipt)
    }

    /// How many snapshots this commit leaves: all, but for every so many commits.
    var keptSnapshots: Int? {
        guard let kept = options.retainedSnapshots, kept > 0, commits % kept == kept - 1 else { return nil }
        return kept
    }

    /// A draft with what follows from its ending: the next node's schedule, the job's disposition.
    func prepare(_ draft: StepDraft, _ ending: StepEnding) -> PreparedStep {
        PreparedStep(draft, ending, request: control.request, job: options.job)
    }

    /// Takes a committed step over and tells observers.
    func adopt(_ prepared: PreparedStep, _ receipt: CommitReceipt) async throws -> RunOutcome? {
        let before = state
        state = prepared.draft.state
        nextSequence = prepared.draft.nextSequence
        // The commit that goes on after a crash belongs to no step; its items stay known.
        if state.iterationCount != before.iterationCount { recordedItems = [:] }
        hasCommitted = true
        commits += 1
        isJobSettled = prepared.disposition != .none
        eventsSinceCompaction += prepared.draft.events.count
        emitCommitted(prepared.draft, before: before, receipt)
        if receipt.cancelRequested { control.send(.cancel) }
        guard case .next = prepared.ending else { return prepared.ending.outcome }
        if prepared.isStopping { return .paused }
        try await compactIfDue()
        return nil
    }

    /// Compacts the log when enough events have passed; a failure waits for the next step.
    private func compactIfDue() async throws {
        guard options.compactionInterval > 0, eventsSinceCompaction >= options.compactionInterval else {
            return
        }
        do {
            let deleted = try await store.compact(
                state: state, claim: options.claim, retainCheckpoints: max(1, options.retainedCheckpoints))
            eventsSinceCompaction = 0
            emit(.compacted(eventsDeleted: deleted))
        } catch {
            if error.meansClaimLost { throw error }
        }
    }
}

/// A step that is ready to be committed.
struct PreparedStep: Sendable {
    var draft: StepDraft
    var ending: StepEnding
    var disposition: JobDisposition
    /// Whether the runner stops after it although the run goes on.
    var isStopping: Bool

    init(_ draft: StepDraft, _ ending: StepEnding, request: RunControl.Request, job: JobHandle?) {
        self.draft = draft
        self.ending = ending
        disposition = .none
        isStopping = false
        switch ending {
        case .next(let node):
            isStopping = request == .shutdown
            if isStopping {
                if let job { disposition = .requeue(job) }
            } else {
                self.draft.scheduleNode(node)
            }
        case .waiting:
            if let job { disposition = .release(job, deadline: draft.state.waitingTimeoutAt) }
        case .completed, .failed, .timedOut, .cancelled:
            if let job { disposition = .ack(job) }
        }
    }

    /// The commit of the step.
    func commit(claim: RunClaim?, createsRun: Bool = false, keptSnapshots: Int? = nil) -> RunCommit {
        var commit = draft.commit(claim: claim, disposition: disposition, createsRun: createsRun)
        commit.keptSnapshots = keptSnapshots
        return commit
    }
}

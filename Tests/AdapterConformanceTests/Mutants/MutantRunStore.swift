import FoundationEssentials
import Orchestrator
import StoreContracts

/// A run store with one planted bug.
struct MutantRunStore: RunStore {
    enum Bug: String, CaseIterable, Sendable {
        case neverEndsJobs, hidesReplays, withoutFence, forgetsTheTail, writesNoSnapshot, acceptsHoles
        case createsRunsAlways, keepsEverySnapshot, compactsNothing
    }

    let bug: Bug
    let inner: any RunStore

    func loadPosition(runID: UUID) async throws(StoreError) -> RunPosition {
        var position = try await inner.loadPosition(runID: runID)
        if bug == .forgetsTheTail { position.events = [] }
        return position
    }

    func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        var commit = commit
        switch bug {
        case .neverEndsJobs: commit.disposition = .none
        case .withoutFence: commit.claim = nil
        case .writesNoSnapshot: commit.state = nil
        case .createsRunsAlways: commit.createsRun = true
        case .keepsEverySnapshot: commit.keptSnapshots = nil
        default: break
        }
        var receipt: CommitReceipt
        do {
            receipt = try await inner.commit(commit)
        } catch {
            guard bug == .acceptsHoles, case .invalidArgument = error.code else { throw error }
            return CommitReceipt(stateVersion: 1)
        }
        if bug == .hidesReplays { receipt.wasReplayed = false }
        return receipt
    }

    func compact(
        state: WorkflowState, claim: RunClaim?, retainCheckpoints: Int
    ) async throws(StoreError) -> Int {
        bug == .compactsNothing
            ? 0
            : try await inner.compact(
                state: state, claim: bug == .withoutFence ? nil : claim,
                retainCheckpoints: retainCheckpoints)
    }
}

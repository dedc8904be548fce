#if CLI
import FoundationEssentials
import Orchestrator
import StoreContracts
import Synchronization

/// A run store whose process may die around every call.
struct KillingRunStore: RunStore {
    let inner: any RunStore
    let killSwitch: KillSwitch
    let losesEvery: Int?

    private static let commits = Atomic(0)

    var settlesJobs: Bool { inner.settlesJobs }

    var supportsStepTransactions: Bool { inner.supportsStepTransactions }

    func loadPosition(runID: UUID) async throws(StoreError) -> RunPosition {
        let position = try await inner.loadPosition(runID: runID)
        killSwitch.pass(.positionRead, runID)
        return position
    }

    func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        let points = KillPoint.around(commit)
        killSwitch.pass(points.before, commit.runID)
        let receipt = try await inner.commit(commit)
        killSwitch.pass(points.after, commit.runID)
        try Self.lose(every: losesEvery)
        return receipt
    }

    func compact(
        state: WorkflowState, claim: RunClaim?, retainCheckpoints: Int
    ) async throws(StoreError) -> Int {
        killSwitch.pass(.compactionBefore, state.runID)
        let count = try await inner.compact(state: state, claim: claim, retainCheckpoints: retainCheckpoints)
        killSwitch.pass(.compactionAfter, state.runID)
        return count
    }

    func withStepTransaction<Result: Sendable>(
        runID: UUID, claim: RunClaim?,
        _ body: @escaping @Sendable (any StepTransaction) async throws -> Result
    ) async throws -> Result {
        let killSwitch = killSwitch
        let result = try await inner.withStepTransaction(runID: runID, claim: claim) { transaction in
            let result = try await body(transaction)
            killSwitch.pass(.transactionCommitBefore, runID)
            return result
        }
        killSwitch.pass(.transactionCommitAfter, runID)
        try Self.lose(every: losesEvery)
        return result
    }

    /// The commit is durable, but its answer never comes.
    private static func lose(every count: Int?) throws(StoreError) {
        guard let count else { return }
        let number = commits.add(1, ordering: .relaxed).newValue
        guard number % count == 0 else { return }
        throw StoreError(.unavailable, effect: .unknown, cause: "the answer to the commit was cut off")
    }
}

extension KillPoint {
    /// The points before and after a commit, by what it is.
    fileprivate static func around(_ commit: RunCommit) -> (before: KillPoint, after: KillPoint) {
        if commit.events.contains(where: { $0.eventType == .workflowStarted }) {
            return (.genesisBefore, .genesisAfter)
        }
        let isAnswer = commit.events.contains {
            $0.action?["type"]?.stringValue == ActionType.resumeFromHuman.rawValue
        }
        if isAnswer { return (.resumeCommitBefore, .resumeCommitAfter) }
        if commit.state == nil { return (.itemCommitBefore, .itemCommitAfter) }
        switch commit.disposition {
        case .ack: return (.endCommitBefore, .endCommitAfter)
        case .release: return (.pauseCommitBefore, .pauseCommitAfter)
        case .none, .requeue: return (.stepCommitBefore, .stepCommitAfter)
        }
    }
}
#endif

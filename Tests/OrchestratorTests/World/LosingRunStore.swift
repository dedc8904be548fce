import FoundationEssentials
import Locking
import Orchestrator
import StoreContracts

/// A store that loses step transactions while their handler runs, as with a connection that ends: `losses` of them,
/// then one succeeds, then again, for so many rounds.
final class LosingRunStore: RunStore {
    private let inner: InMemoryRunStore
    private let losses: Int
    private let rounds: Int
    private let begun = Lock(0)
    private let lost = Lock(0)

    init(_ inner: InMemoryRunStore, losing losses: Int, of rounds: Int = 1) {
        self.inner = inner
        self.losses = losses
        self.rounds = rounds
    }

    /// How many transactions were lost.
    var lossCount: Int { lost.withLock { $0 } }

    var supportsStepTransactions: Bool { true }

    func loadPosition(runID: UUID) async throws(StoreError) -> RunPosition {
        try await inner.loadPosition(runID: runID)
    }

    func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        try await inner.commit(commit)
    }

    func compact(
        state: WorkflowState, claim: RunClaim?, retainCheckpoints: Int
    ) async throws(StoreError) -> Int {
        try await inner.compact(state: state, claim: claim, retainCheckpoints: retainCheckpoints)
    }

    func withStepTransaction<Result: Sendable>(
        runID: UUID, claim: RunClaim?,
        _ body: @escaping @Sendable (any StepTransaction) async throws -> Result
    ) async throws -> Result {
        let number = begun.withLock { begun in
            begun += 1
            return begun - 1
        }
        let isLost = losses == .max || (number / (losses + 1) < rounds && number % (losses + 1) < losses)
        if isLost { lost.withLock { $0 += 1 } }
        return try await inner.withStepTransaction(runID: runID, claim: claim) { transaction in
            try await body(isLost ? LostStepTransaction(inner: transaction) : transaction)
        }
    }
}

/// A transaction that is lost when its first attempt ends.
private struct LostStepTransaction: StepTransaction {
    let inner: any StepTransaction

    var handle: any Sendable { inner.handle }
    var failure: StoreError? { StoreError(.unavailable, cause: "lost") }

    func attempt<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        try await inner.attempt {
            _ = try await body()
            throw SampleFailure()
        }
    }

    func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        throw StoreError(.unavailable, cause: "lost")
    }
}

import FoundationEssentials
import Locking
import Orchestrator
import StoreContracts

/// A run store whose next commits fail as told, in order.
final class FlakyRunStore: RunStore {
    enum Failure: Sendable {
        /// Nothing reached the store.
        case lost
        /// The commit is durable, its answer was lost.
        case answerLost
        /// An error of this kind.
        case error(StoreErrorCode)
    }

    private let inner: any RunStore
    private let failures: Lock<[Failure?]>

    init(_ inner: any RunStore, _ failures: [Failure?]) {
        self.inner = inner
        self.failures = Lock(failures)
    }

    func loadPosition(runID: UUID) async throws(StoreError) -> RunPosition {
        try await inner.loadPosition(runID: runID)
    }

    func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        switch failures.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
        case nil: return try await inner.commit(commit)
        case .lost: throw StoreError(.unavailable)
        case .answerLost:
            _ = try await inner.commit(commit)
            throw StoreError(.unavailable, effect: .unknown)
        case .error(let code): throw StoreError(code)
        }
    }

    func compact(
        state: WorkflowState, claim: RunClaim?, retainCheckpoints: Int
    ) async throws(StoreError) -> Int {
        try await inner.compact(state: state, claim: claim, retainCheckpoints: retainCheckpoints)
    }
}

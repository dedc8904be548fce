import Foundation
import Locking
import Orchestrator
import StoreContracts

/// A run store that loses its claim after some commits, so that its run stands half-way.
final class HaltingRunStore: RunStore {
    private let inner: any RunStore
    private let left: Lock<Int>

    init(_ inner: any RunStore, after commits: Int) {
        self.inner = inner
        left = Lock(commits)
    }

    func loadPosition(runID: UUID) async throws(StoreError) -> RunPosition {
        try await inner.loadPosition(runID: runID)
    }

    func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        let mayGoOn = left.withLock { left in
            left -= 1
            return left >= 0
        }
        guard mayGoOn else {
            throw StoreError(.staleClaim(runID: commit.runID, staleEpoch: 0, currentEpoch: 1))
        }
        return try await inner.commit(commit)
    }

    func compact(
        state: WorkflowState, claim: RunClaim?, retainCheckpoints: Int
    ) async throws(StoreError) -> Int {
        try await inner.compact(state: state, claim: claim, retainCheckpoints: retainCheckpoints)
    }
}

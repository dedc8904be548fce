import FoundationEssentials
import Locking
import Orchestrator
import StoreContracts

/// A run store that kills its process at one commit: before it reaches the store, or after, with the answer lost.
final class CrashingRunStore: RunStore {
    enum Point: Sendable {
        case before, after
    }

    /// What a killed process throws to end its test run.
    static let crash = StoreError(.other, effect: .unknown, cause: "the process was killed")

    private struct State {
        var commits = 0
        var isDead = false
    }

    private let inner: any RunStore
    private let crashAt: Int
    private let point: Point
    private let state = Lock(State())

    init(_ inner: any RunStore, at commit: Int, _ point: Point) {
        self.inner = inner
        crashAt = commit
        self.point = point
    }

    /// Whether the crash happened.
    var hasCrashed: Bool { state.withLock { $0.isDead } }
    var commits: Int { state.withLock { $0.commits } }

    func loadPosition(runID: UUID) async throws(StoreError) -> RunPosition {
        try await inner.loadPosition(runID: runID)
    }

    func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        let isCrash = state.withLock { state in
            state.commits += 1
            return state.isDead || state.commits == crashAt
        }
        guard isCrash else { return try await inner.commit(commit) }
        let wasDead = state.withLock { state in
            defer { state.isDead = true }
            return state.isDead
        }
        if !wasDead, point == .after { _ = try await inner.commit(commit) }
        throw Self.crash
    }

    func compact(
        state: WorkflowState, claim: RunClaim?, retainCheckpoints: Int
    ) async throws(StoreError) -> Int {
        if hasCrashed { throw Self.crash }
        return try await inner.compact(state: state, claim: claim, retainCheckpoints: retainCheckpoints)
    }
}

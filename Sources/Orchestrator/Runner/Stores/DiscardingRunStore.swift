public import FoundationEssentials
public import StoreContracts

/// Keeps nothing: for a run that need not survive its process.
public struct DiscardingRunStore: RunStore {
    private let clock: any StoreClock

    /// Creates the store.
    public init(clock: any StoreClock = SystemClock()) {
        self.clock = clock
    }

    /// Always the position of a fresh run.
    public func loadPosition(runID: UUID) async throws(StoreError) -> RunPosition {
        RunPosition(
            run: nil, snapshot: nil, checkpoint: nil, latestKnownSequence: -1, events: [], started: nil,
            now: clock.now())
    }

    /// False: it knows no queue.
    public var settlesJobs: Bool { false }

    /// Checks the commit and forgets it.
    public func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        try commit.validate()
        return CommitReceipt(stateVersion: nil)
    }

    /// Always 0.
    public func compact(
        state: WorkflowState, claim: RunClaim?, retainCheckpoints: Int
    ) async throws(StoreError) -> Int { 0 }
}

public import FoundationEssentials
public import StoreContracts

/// Makes the steps of a run durable, each in one transaction, and finds out where a run stands.
///
/// A store is made for one tenant. A call about a run of another tenant is a `tenantConflict` (writes) or finds
/// nothing (reads).
public protocol RunStore: Sendable {
    /// Everything that is needed to go on with a run. One round trip, no locks, one consistent view.
    ///
    /// - Throws: `corruptRecord`, `newerVersion` if a state cannot be loaded.
    func loadPosition(runID: UUID) async throws(StoreError) -> RunPosition

    /// Commits one step: one transaction, and on PostgreSQL one pipelined network round trip.
    ///
    /// In this order: (a) lock the job row, if the commit concerns one; (b) lock the run row (`FOR NO KEY UPDATE`),
    /// verify the epoch, set the run's status and `completed_at`; (c) insert the events in one statement; (d) insert
    /// the next snapshot version; (e) apply the job's disposition.
    ///
    /// Idempotent: a commit whose events are stored with the same ids succeeds, adds nothing, and says so.
    ///
    /// - Throws: `staleClaim` before anything else; `jobNotHeld` if the disposition's job is not; `missingRunRecord` (table `workflow_runs`) or, when the run is to
    ///   be created, `missingGraph`; `eventSequenceConflict`; `invalidTransition` out of a terminal status;
    ///   `invalidArgument` if the events are not contiguous or the state's mark is not the last event;
    ///   `tenantConflict`. Transient errors carry an effect; the identical commit may be tried again after any.
    func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt

    /// Writes a checkpoint at the state's mark, prunes older checkpoints and deletes the events up to it.
    ///
    /// One transaction, fenced like a commit.
    ///
    /// - Parameters:
    ///   - state: The committed state, with its mark.
    ///   - claim: The fence; nil writes unfenced.
    ///   - retainCheckpoints: How many checkpoints to keep, at least 1.
    /// - Returns: The number of events deleted.
    /// - Throws: `staleClaim`, `missingRunRecord`, `invalidArgument`.
    func compact(
        state: WorkflowState, claim: RunClaim?, retainCheckpoints: Int
    ) async throws(StoreError) -> Int

    /// Whether commits apply their job's disposition; if not, whoever runs the job settles it.
    var settlesJobs: Bool { get }

    /// Whether `withStepTransaction` works.
    var supportsStepTransactions: Bool { get }

    /// Opens a transaction, lends it to `body`, and commits it after `body` returned; it is rolled back if it throws.
    ///
    /// - Throws: what `body` throws, unchanged; `StoreError` if beginning or committing fails. With effect `unknown`
    ///   the step may be durable: load the position before running the handler again.
    func withStepTransaction<Result: Sendable>(
        runID: UUID, claim: RunClaim?,
        _ body: @escaping @Sendable (any StepTransaction) async throws -> Result
    ) async throws -> Result
}

public import FoundationEssentials
public import StoreContracts

/// Appends and reads the event logs of runs, their checkpoints, and deletes what checkpoints cover.
///
/// A writer is made for one tenant and, when a claim is given to it, for one run: then every write first verifies in
/// its own transaction that the run still has the claim's epoch, and a write to another run is refused. Reads are
/// not fenced. All calls may come from many tasks at once; appends of one run may arrive out of order.
///
/// On PostgreSQL every call is one pipelined network round trip unless it says otherwise.
public protocol EventLogWriter: Sendable {
    /// Appends events of one or several runs, all or none.
    ///
    /// An event whose id is already stored with the same content counts as appended (a retry after a lost answer is
    /// safe); any other event at an occupied place is a conflict, and what is stored stays. Order of checks: stale
    /// claim, missing run, conflict. Locks: the run row `FOR SHARE` when fenced, else only what its foreign key
    /// takes. Cost: one statement for all events.
    ///
    /// - Throws: `staleClaim`, `missingRunRecord` (table `workflow_events`), `eventSequenceConflict`,
    ///   `tenantConflict` where the run is another tenant's, `invalidArgument` for a negative sequence.
    func append(_ events: [NewWorkflowEvent]) async throws(StoreError)

    /// The events of a run with a sequence strictly greater than `sequenceID`, ascending, at most `limit`.
    ///
    /// Empty for an unknown run, a run of another tenant, or past the end.
    func loadEvents(
        runID: UUID, after sequenceID: Int, limit: Int?
    ) async throws(StoreError) -> [WorkflowEvent]

    /// The greatest sequence among the events and checkpoints of the run, -1 if it has neither.
    ///
    /// Checkpoints count, since after a full compaction no event is left and the places below stay taken.
    func getLatestSequenceID(runID: UUID) async throws(StoreError) -> Int

    /// The greatest sequence that the run ever used: of events, checkpoints and the newest snapshot's mark; -1 if none.
    ///
    /// This decides whether a run is fresh.
    func latestKnownSequence(runID: UUID) async throws(StoreError) -> Int

    /// Stores the state after event `sequenceID`, then keeps only the newest checkpoints of the run (3 by default).
    ///
    /// A checkpoint at the same sequence is replaced. Locks: the run row `FOR NO KEY UPDATE`.
    ///
    /// - Throws: `staleClaim`, `missingRunRecord` (table `workflow_checkpoints`), `tenantConflict`.
    func checkpoint(runID: UUID, sequenceID: Int, state: WorkflowState) async throws(StoreError)

    /// The checkpoint with the greatest sequence, hydrated; nil if the run has none.
    ///
    /// - Throws: `corruptRecord`, `newerVersion` if its state cannot be loaded.
    func loadCheckpoint(runID: UUID) async throws(StoreError) -> Checkpoint?

    /// Deletes the events of the run with a sequence up to and including `sequenceID`; returns how many.
    ///
    /// - Throws: `staleClaim`; `compactionBeyondCheckpoint` if the newest checkpoint lies below `sequenceID` and
    ///   there are events that would be deleted.
    func compact(runID: UUID, through sequenceID: Int) async throws(StoreError) -> Int

    /// Writes a checkpoint and deletes the events up to it, in one transaction; returns how many were deleted.
    ///
    /// - Throws: as `checkpoint(runID:sequenceID:state:)`.
    func checkpointAndCompact(
        runID: UUID, sequenceID: Int, state: WorkflowState
    ) async throws(StoreError) -> Int
}

internal import FoundationEssentials
public import Orchestrator
public import PostgresWire
public import StoreContracts

/// Commits the steps of runs in PostgreSQL: one transaction and one network round trip a step.
///
/// A commit that is refused, or that an earlier attempt made durable already, costs more, to find out. U+0000 in a
/// text, which PostgreSQL cannot hold, is stored as U+FFFD.
public struct PostgresRunStore: RunStore {
    let client: PostgresClient
    var plane: TenantPlane

    /// Creates a run store; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool. Its role may be the owner of the tables, or a member of `cycgraph_app`.
    ///   - tenant: Whose rows it reads and writes.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, tenant: TenantID = .seed,
        storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        self.client = client
        plane = TenantPlane(client, tenant: tenant, storage: storage)
    }

    /// Commits one step: one transaction, one pipelined network round trip.
    ///
    /// Locks, in this order and until the end of the transaction: the row of the job that the commit concerns, then
    /// the run's row FOR NO KEY UPDATE. A claim of the run waits for the commit; readers, heartbeats of other jobs
    /// and appends to other runs do not.
    ///
    /// - Throws: as the protocol says; transient errors carry an effect, and the identical commit may be tried again.
    public func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        try await StepWriter(plane).commit(commit)
    }

    /// Writes a checkpoint at the state's mark, prunes older checkpoints and deletes the events up to it.
    ///
    /// One transaction, one round trip. Locks: the run's row, FOR NO KEY UPDATE.
    ///
    /// - Throws: `staleClaim`, `missingRunRecord`, `tenantConflict`, `invalidArgument`.
    public func compact(
        state: WorkflowState, claim: RunClaim?, retainCheckpoints: Int
    ) async throws(StoreError) -> Int {
        guard retainCheckpoints >= 1 else {
            throw StoreError(
                .invalidArgument(name: "retain_checkpoints"), cause: "retain_checkpoints must be >= 1")
        }
        guard let mark = state.lastEventSequenceID else {
            throw StoreError(.invalidArgument(name: "state"), cause: "it has no event mark")
        }
        if let claim, claim.runID != state.runID {
            throw StoreError(.notPermitted, cause: "the claim is of run \(claim.runID.text)")
        }
        let write = RunWrite(runID: state.runID, claim: claim, table: "workflow_checkpoints")
        let statements =
            CheckpointSQL.write(
                state, runID: state.runID, sequenceID: mark, retain: retainCheckpoints, plane)
            + [EventSQL.delete(state.runID, through: mark, plane)]
        do {
            let results = try await plane.run([RunSQL.take(write, plane)] + statements)
            return results.last?.command.rows ?? 0
        } catch {
            guard error.sqlState == SQLState.runRefused else { throw plane.mapped(error) }
            throw await RunDiagnosis(plane).reason(for: write)
        }
    }
}

public import FoundationEssentials
public import StoreContracts

/// Appends and reads event logs in memory, with the semantics of the PostgreSQL writer.
public struct InMemoryEventLogWriter: EventLogWriter {
    /// The rows, shared with the other in-memory adapters.
    public let store: InMemoryStore
    private let tenant: TenantID
    private let claim: RunClaim?
    private let retainCheckpoints: Int

    /// Creates a writer on a store.
    ///
    /// - Parameters:
    ///   - store: The rows.
    ///   - tenant: Whose rows it reads and writes.
    ///   - claim: The fence of every write.
    ///   - retainCheckpoints: How many checkpoints a run keeps, at least 1.
    /// - Throws: `invalidArgument` if fewer than one checkpoint is to be kept.
    public init(
        store: InMemoryStore, tenant: TenantID = .seed, claim: RunClaim? = nil, retainCheckpoints: Int = 3
    ) throws(StoreError) {
        guard retainCheckpoints >= 1 else {
            throw StoreError(
                .invalidArgument(name: "retain_checkpoints"), cause: "retain_checkpoints must be >= 1")
        }
        self.store = store
        self.tenant = tenant
        self.claim = claim
        self.retainCheckpoints = retainCheckpoints
    }

    /// Appends events of one or several runs, all or none.
    public func append(_ events: [NewWorkflowEvent]) async throws(StoreError) {
        try store.write { (tables, now) throws(StoreError) in
            try tables.append(events, claim: claim, tenant: tenant, now: now)
        }
    }

    /// The events of a run with a sequence strictly greater than `sequenceID`, ascending, at most `limit`.
    public func loadEvents(
        runID: UUID, after sequenceID: Int, limit: Int?
    ) async throws(StoreError) -> [WorkflowEvent] {
        store.read { tables, _ in
            tables.loadEvents(runID, after: sequenceID, limit: limit, tenant: tenant)
        }
    }

    /// The greatest sequence among the events and checkpoints of the run, -1 if it has neither.
    public func getLatestSequenceID(runID: UUID) async throws(StoreError) -> Int {
        store.read { tables, _ in tables.latestSequence(runID, tenant: tenant) }
    }

    /// The greatest sequence that the run ever used, the newest snapshot's mark included; -1 if none.
    public func latestKnownSequence(runID: UUID) async throws(StoreError) -> Int {
        store.read { tables, _ in tables.latestKnownSequence(runID, tenant: tenant) }
    }

    /// Stores the state after event `sequenceID`, then keeps only the newest checkpoints of the run.
    public func checkpoint(runID: UUID, sequenceID: Int, state: WorkflowState) async throws(StoreError) {
        try store.write { (tables, now) throws(StoreError) in
            try checkpoint(&tables, runID: runID, sequenceID: sequenceID, state: state, now: now)
        }
    }

    /// The checkpoint with the greatest sequence, hydrated; nil if the run has none.
    public func loadCheckpoint(runID: UUID) async throws(StoreError) -> Checkpoint? {
        try store.read { (tables, _) throws(StoreError) in
            try tables.latestCheckpoint(runID, tenant: tenant)
        }
    }

    /// Deletes the events of the run with a sequence up to and including `sequenceID`; returns how many.
    public func compact(runID: UUID, through sequenceID: Int) async throws(StoreError) -> Int {
        try store.write { (tables, _) throws(StoreError) in
            guard tables.run(runID, tenant: tenant) != nil else { return 0 }
            try tables.assertClaim(claim, runID: runID, table: "workflow_events")
            return try tables.compact(runID, through: sequenceID)
        }
    }

    /// Writes a checkpoint and deletes the events up to it, in one transaction; returns how many were deleted.
    public func checkpointAndCompact(
        runID: UUID, sequenceID: Int, state: WorkflowState
    ) async throws(StoreError) -> Int {
        try store.write { (tables, now) throws(StoreError) in
            try checkpoint(&tables, runID: runID, sequenceID: sequenceID, state: state, now: now)
            return tables.events.remove(runID, through: sequenceID)
        }
    }

    private func checkpoint(
        _ tables: inout StoreTables, runID: UUID, sequenceID: Int, state: WorkflowState, now: Date
    ) throws(StoreError) {
        try tables.assertClaim(claim, runID: runID, table: "workflow_checkpoints")
        _ = try tables.runForWrite(runID, tenant: tenant, table: "workflow_checkpoints")
        tables.addCheckpoint(
            state, runID: runID, sequenceID: sequenceID, retain: retainCheckpoints, now: now)
    }
}

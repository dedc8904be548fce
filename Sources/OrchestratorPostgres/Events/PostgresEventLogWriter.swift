public import FoundationEssentials
internal import JSONModel
public import Orchestrator
public import PostgresWire
public import StoreContracts

/// Appends and reads event logs in PostgreSQL.
///
/// Every call is one transaction and one network round trip; a refused write costs more, to find out why. U+0000 in a
/// text, which PostgreSQL cannot hold, is stored as U+FFFD.
public struct PostgresEventLogWriter: EventLogWriter {
    let plane: TenantPlane
    let claim: RunClaim?
    let retainCheckpoints: Int

    /// Creates a writer; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool. Its role may be the owner of the tables, or a member of `cycgraph_app`.
    ///   - tenant: Whose rows it reads and writes.
    ///   - claim: The fence of every write.
    ///   - retainCheckpoints: How many checkpoints a run keeps, at least 1.
    ///   - storage: The schema that was migrated, and time limits.
    /// - Throws: `invalidArgument` if fewer than one checkpoint is to be kept.
    public init(
        _ client: PostgresClient, tenant: TenantID = .seed, claim: RunClaim? = nil,
        retainCheckpoints: Int = 3,
        storage: PostgresStorageOptions = PostgresStorageOptions()
    ) throws(StoreError) {
        guard retainCheckpoints >= 1 else {
            throw StoreError(
                .invalidArgument(name: "retain_checkpoints"), cause: "retain_checkpoints must be >= 1")
        }
        plane = TenantPlane(client, tenant: tenant, storage: storage)
        self.claim = claim
        self.retainCheckpoints = retainCheckpoints
    }

    /// The events of a run with a sequence strictly greater than `sequenceID`, ascending, at most `limit`.
    public func loadEvents(
        runID: UUID, after sequenceID: Int, limit: Int?
    ) async throws(StoreError) -> [WorkflowEvent] {
        let limit = limit.map { max(0, $0) }
        return try WorkflowEvent.read(
            try await plane.read(EventSQL.load(runID, after: sequenceID, limit: limit, plane)))
    }

    /// The greatest sequence among the events and checkpoints of the run, -1 if it has neither.
    public func getLatestSequenceID(runID: UUID) async throws(StoreError) -> Int {
        try await plane.read(EventSQL.latestSequence(runID, plane))
            .firstCell(Int.self, in: "workflow_events") ?? -1
    }

    /// The greatest sequence that the run ever used: of events, checkpoints and the newest snapshot's mark; -1 if none.
    public func latestKnownSequence(runID: UUID) async throws(StoreError) -> Int {
        try await plane.read(EventSQL.latestKnown(runID, plane))
            .firstCell(Int.self, in: "workflow_events") ?? -1
    }

    /// The checkpoint with the greatest sequence, hydrated; nil if the run has none.
    ///
    /// - Throws: `corruptRecord`, `newerVersion` if its state cannot be loaded.
    public func loadCheckpoint(runID: UUID) async throws(StoreError) -> Checkpoint? {
        try Checkpoint.read(try await plane.read(CheckpointSQL.latest(runID, plane)), runID: runID)
    }
}

extension Checkpoint {
    /// The first row of a result with sequence, state and instant.
    static func read(_ rows: PostgresRows, runID: UUID) throws(StoreError) -> Checkpoint? {
        let table = "workflow_checkpoints"
        guard let row = try rows.stored((Int, JSONValue, Date).self, in: table).first else { return nil }
        return Checkpoint(
            runID: runID, sequenceID: row.0,
            state: try WorkflowState(stored: row.1, table: table, runID: runID), createdAt: row.2)
    }
}

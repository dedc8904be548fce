public import FoundationEssentials
public import StoreContracts

/// Discards events and reads nothing: for runs without a log.
///
/// A run that is resumed without a log executes its current node at least once more.
public struct NoopEventLogWriter: EventLogWriter {
    /// Creates the writer.
    public init() {}

    /// Does nothing.
    public func append(_ events: [NewWorkflowEvent]) async throws(StoreError) {}

    /// Always empty.
    public func loadEvents(
        runID: UUID, after sequenceID: Int, limit: Int?
    ) async throws(StoreError) -> [WorkflowEvent] { [] }

    /// Always -1.
    public func getLatestSequenceID(runID: UUID) async throws(StoreError) -> Int { -1 }

    /// Always -1.
    public func latestKnownSequence(runID: UUID) async throws(StoreError) -> Int { -1 }

    /// Does nothing.
    public func checkpoint(runID: UUID, sequenceID: Int, state: WorkflowState) async throws(StoreError) {}

    /// Always nil.
    public func loadCheckpoint(runID: UUID) async throws(StoreError) -> Checkpoint? { nil }

    /// Always 0.
    public func compact(runID: UUID, through sequenceID: Int) async throws(StoreError) -> Int { 0 }

    /// Always 0.
    public func checkpointAndCompact(
        runID: UUID, sequenceID: Int, state: WorkflowState
    ) async throws(StoreError) -> Int { 0 }
}

public import FoundationEssentials

/// A full state stored beside the log, so that the events up to it can be deleted.
public struct Checkpoint: Sendable {
    /// The run.
    public var runID: UUID
    /// The last event that the state contains.
    public var sequenceID: Int
    /// The state after that event, hydrated.
    public var state: WorkflowState
    /// When it was written.
    public var createdAt: Date

    /// Creates the record of a checkpoint.
    public init(runID: UUID, sequenceID: Int, state: WorkflowState, createdAt: Date) {
        self.runID = runID
        self.sequenceID = sequenceID
        self.state = state
        self.createdAt = createdAt
    }
}

public import FoundationEssentials

/// Everything that is needed to go on with a run.
public struct RunPosition: Sendable {
    /// The run's row; nil if there is none.
    public var run: WorkflowRunRecord?
    /// The newest snapshot by version, hydrated.
    public var snapshot: WorkflowState?
    /// The newest checkpoint by sequence, hydrated.
    public var checkpoint: Checkpoint?
    /// The greatest sequence that the run ever used; -1 if it is fresh.
    public var latestKnownSequence: Int
    /// The end of the log, ascending.
    ///
    /// It begins after the greater mark of snapshot and checkpoint, or at the last `action_dispatched` of the log if
    /// that lies lower, or at the start of the log if there is neither mark or no such action.
    public var events: [WorkflowEvent]
    /// The first `workflow_started` that is still in the log.
    public var started: WorkflowEvent?
    /// The store's present instant, which decides about deadlines.
    public var now: Date

    /// Creates a position.
    public init(
        run: WorkflowRunRecord?, snapshot: WorkflowState?, checkpoint: Checkpoint?, latestKnownSequence: Int,
        events: [WorkflowEvent], started: WorkflowEvent?, now: Date
    ) {
        self.run = run
        self.snapshot = snapshot
        self.checkpoint = checkpoint
        self.latestKnownSequence = latestKnownSequence
        self.events = events
        self.started = started
        self.now = now
    }
}

public import FoundationEssentials

/// Everything that one step of a run makes durable, together or not at all.
public struct RunCommit: Sendable {
    /// The run.
    public var runID: UUID
    /// The fence; nil writes unfenced, for direct use without a queue.
    public var claim: RunClaim?
    /// The events of the step, contiguous, with their ids.
    ///
    /// An ordinary step holds `action_dispatched`, the usage, the iteration and the routing as `internal_dispatched`,
    /// and `node_started` of the next node.
    public var events: [NewWorkflowEvent]
    /// The state after all events, with the last one as its mark; nil commits events alone (items of a map).
    public var state: WorkflowState?
    /// What happens to the job.
    public var disposition: JobDisposition
    /// Whether the run's row is created if there is none: the first commit of a run that was not claimed.
    public var createsRun: Bool

    /// How many snapshots the run keeps from now on, the newest; nil leaves them all.
    public var keptSnapshots: Int?

    /// Creates a commit.
    public init(
        runID: UUID, claim: RunClaim?, events: [NewWorkflowEvent], state: WorkflowState?,
        disposition: JobDisposition = .none, createsRun: Bool = false, keptSnapshots: Int? = nil
    ) {
        self.runID = runID
        self.claim = claim
        self.events = events
        self.state = state
        self.disposition = disposition
        self.createsRun = createsRun
        self.keptSnapshots = keptSnapshots
    }
}

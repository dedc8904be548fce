/// What came of an execution of a run.
public struct RunReport: Sendable {
    /// How it ended.
    public var outcome: RunOutcome
    /// The state as last committed.
    public var state: WorkflowState
    /// Whether the run's job was settled in the last commit, so that nothing is left to do in the queue.
    public var isJobSettled: Bool
    /// Whether a human response was given that does not belong to the run's present pause.
    public var wasResponseStale: Bool

    /// Creates a report.
    public init(
        outcome: RunOutcome, state: WorkflowState, isJobSettled: Bool = false, wasResponseStale: Bool = false
    ) {
        self.outcome = outcome
        self.state = state
        self.isJobSettled = isJobSettled
        self.wasResponseStale = wasResponseStale
    }
}

/// Where a run stands, found from its snapshot, checkpoint and log.
struct RecoveredRun: Sendable {
    /// The state as of the last durable event.
    var state: WorkflowState
    /// The sequence of the next event.
    var nextSequence: Int
    /// Whether nothing was ever logged.
    var isFresh: Bool
    /// The step that a foreign writer or the compatibility mode left half-written.
    var cutStep: CutStep?
    /// Whether the log has a hole that a checkpoint must cover.
    var needsHealing: Bool
    /// The items of the present step that are recorded.
    var recordedItems: [Int: WorkflowAction]
}

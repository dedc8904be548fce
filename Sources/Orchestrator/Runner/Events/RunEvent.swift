public import FoundationEssentials

/// Something that happened to a run in this process.
///
/// Events that speak of something durable come after the commit. A run ends with exactly one terminal event.
public struct RunEvent: Sendable {
    /// What happened.
    public enum Kind: Sendable {
        /// The run started or went on.
        case workflowStart(isResume: Bool)
        /// The run is complete.
        case workflowComplete
        /// The run has failed.
        case workflowFailed(any Error)
        /// The run was out of time.
        case workflowTimeout
        /// The run waits.
        case workflowWaiting
        /// The runner stopped between two steps.
        case workflowPaused
        /// The run was cancelled.
        case workflowCancelled
        /// A node starts to execute.
        case nodeStart(nodeID: String, iteration: Int)
        /// A node's step is durable.
        case nodeComplete(nodeID: String, attempt: Int)
        /// A node failed for good.
        case nodeFailed(nodeID: String, attempt: Int, any Error)
        /// A node is tried again after a wait.
        case nodeRetry(nodeID: String, attempt: Int, backoff: Duration)
        /// An action is durable.
        case actionApplied(WorkflowAction)
        /// A snapshot is durable.
        case statePersisted(version: Int?, sequenceID: Int)
        /// A share of the budget was reached: 0.5, 0.75, 0.9 or 1.
        case budgetThresholdReached(fraction: Double, costUSD: Double, budgetUSD: Double)
        /// Values were not taken into the memory.
        case memoryDropped([MemoryDrop])
        /// A human response does not belong to the present pause and was not applied.
        case staleResponse
        /// The log was compacted.
        case compacted(eventsDeleted: Int)
        /// The log had a hole, which a checkpoint now covers.
        case logHealed(sequenceID: Int)
    }

    /// What happened.
    public var kind: Kind
    /// The run.
    public var runID: UUID
    /// The graph.
    public var graphID: UUID
    /// When.
    public var time: Date
}

extension RunEvent {
    /// The name that observers of all engines know, as `node:start`.
    public var name: String {
        switch kind {
        case .workflowStart: "workflow:start"
        case .workflowComplete: "workflow:complete"
        case .workflowFailed: "workflow:failed"
        case .workflowTimeout: "workflow:timeout"
        case .workflowWaiting: "workflow:waiting"
        case .workflowPaused: "workflow:paused"
        case .workflowCancelled: "workflow:cancelled"
        case .nodeStart: "node:start"
        case .nodeComplete: "node:complete"
        case .nodeFailed: "node:failed"
        case .nodeRetry: "node:retry"
        case .actionApplied: "action:applied"
        case .statePersisted: "state:persisted"
        case .budgetThresholdReached: "budget:threshold_reached"
        case .memoryDropped: "memory:dropped"
        case .staleResponse: "response:stale"
        case .compacted: "log:compacted"
        case .logHealed: "log:healed"
        }
    }
}

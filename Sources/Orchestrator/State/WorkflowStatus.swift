/// Tells how far a run has come.
///
/// The raw values are the wire names. The runtime itself never writes `scheduled` or `retrying`; other writers may.
public enum WorkflowStatus: String, Sendable, Hashable, CaseIterable {
    /// Created, not yet started.
    case pending
    /// Waiting for its start time.
    case scheduled
    /// Executing, or ready to execute, its current node.
    case running
    /// Paused until a person, an event or a time.
    case waiting
    /// Between two attempts; counts as running.
    case retrying
    /// Ended with success.
    case completed
    /// Ended with an error.
    case failed
    /// Ended by a decision of a user.
    case cancelled
    /// Ended because a time limit passed.
    case timeout

    /// True for `completed`, `failed`, `cancelled` and `timeout`: nothing runs any more.
    public var isTerminal: Bool {
        switch self {
        case .completed, .failed, .cancelled, .timeout: true
        case .pending, .scheduled, .running, .waiting, .retrying: false
        }
    }

    /// Tells whether a run may go from this status to `next`.
    ///
    /// The identity is always allowed and every step out of a non-terminal status too. A terminal status is final,
    /// except that a failed or timed-out run may become `cancelled`.
    public func canBecome(_ next: WorkflowStatus) -> Bool {
        if self == next || !isTerminal { return true }
        return next == .cancelled && (self == .failed || self == .timeout)
    }
}

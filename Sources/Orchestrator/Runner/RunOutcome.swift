/// How an execution of a run ended.
public enum RunOutcome: Sendable {
    /// The run is complete.
    case completed
    /// The run has failed, with this error of the graph or of a handler.
    case failed(any Error)
    /// The run was out of time, or the deadline of its pause has passed.
    case timedOut
    /// The run was cancelled.
    case cancelled
    /// The run waits for a decision.
    case waiting
    /// The runner was stopped between two steps; the run can go on anywhere.
    case paused
    /// The runner stopped without writing; the run goes on where it was claimed.
    case abandoned

    /// Whether the run itself has ended.
    public var isTerminal: Bool {
        switch self {
        case .completed, .failed, .timedOut, .cancelled: true
        case .waiting, .paused, .abandoned: false
        }
    }
}

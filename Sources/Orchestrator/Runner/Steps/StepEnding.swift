/// Where a step leaves the run.
enum StepEnding: Sendable {
    /// The run goes on with this node.
    case next(String)
    /// The run is complete.
    case completed
    /// The run has failed. Whether `run()` throws the error is a matter of its kind.
    case failed(any Error)
    /// The run was out of time.
    case timedOut
    /// The run was cancelled.
    case cancelled
    /// The run waits.
    case waiting

    /// The outcome of an execution that ends here; nil if it goes on.
    var outcome: RunOutcome? {
        switch self {
        case .next: nil
        case .completed: .completed
        case .failed(let error): .failed(error)
        case .timedOut: .timedOut
        case .cancelled: .cancelled
        case .waiting: .waiting
        }
    }
}

public import FoundationEssentials

/// What a commit does to the job that the run is executed for, in the same transaction.
public enum JobDisposition: Hashable, Sendable {
    /// Nothing.
    case none
    /// The run has ended: complete the job.
    case ack(JobHandle)
    /// The run waits: pause the job, until the deadline if there is one.
    case release(JobHandle, deadline: Date?)
    /// The worker stops: hand the job back; the attempt does not count.
    case requeue(JobHandle)

    /// The job concerned; nil for `none`.
    public var handle: JobHandle? {
        switch self {
        case .none: nil
        case .ack(let handle), .release(let handle, _), .requeue(let handle): handle
        }
    }
}

public import FoundationEssentials

/// What became of a request to enqueue.
public struct EnqueueResult: Hashable, Sendable {
    /// The job that stands for the request: the new one, or the one that was there already.
    public var jobID: UUID
    /// Whether a job was added; false if the id or the job key was found.
    public var wasInserted: Bool

    /// Creates a result.
    public init(jobID: UUID, wasInserted: Bool) {
        self.jobID = jobID
        self.wasInserted = wasInserted
    }
}

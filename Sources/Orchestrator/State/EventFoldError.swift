/// Says that an event of a log cannot be folded: the log is corrupt from there on.
public struct EventFoldError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The event's place in the log.
    public var sequenceID: Int
    /// What is wrong with it.
    public var cause: WorkflowShapeError

    /// Creates the error.
    public init(sequenceID: Int, cause: WorkflowShapeError) {
        self.sequenceID = sequenceID
        self.cause = cause
    }

    /// The place and the problem in one line.
    public var description: String { "event \(sequenceID) cannot be replayed: \(cause)" }
}

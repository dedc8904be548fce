/// The failure of a run that ended earlier, known by its message alone.
public struct RecordedFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The message that the run recorded.
    public let message: String

    /// The message.
    public var description: String { message }
}

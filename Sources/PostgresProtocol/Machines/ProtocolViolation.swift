/// A message that is well formed and came at the wrong time.
///
/// The session cannot go on.
public struct ProtocolViolation: Error, Hashable, Sendable {
    /// What the client was waiting for.
    public let expected: String
    /// What came.
    public let received: BackendTag

    /// Names both.
    public init(expected: String, received: BackendTag) {
        self.expected = expected
        self.received = received
    }
}

extension ProtocolViolation: CustomStringConvertible {
    /// A sentence that names both.
    public var description: String { "the server sent \(received) while the client expected \(expected)" }
}

/// Why a session cannot go on: what came cannot be trusted any more.
public enum SessionFault: Error, Hashable, Sendable {
    /// Bytes that contradict their format.
    case malformed(WireFault)
    /// A message at the wrong time.
    case violation(ProtocolViolation)
}

extension SessionFault: CustomStringConvertible {
    /// A sentence without any of the bytes.
    public var description: String {
        switch self {
        case .malformed(let fault): "a message of the server is malformed: \(fault)"
        case .violation(let violation): violation.description
        }
    }
}

/// Why a SCRAM exchange was given up.
public enum SCRAMFault: Error, Hashable, Sendable {
    /// A message of the server does not have the form of RFC 5802.
    case malformed(StaticReason)
    /// The server's nonce does not extend ours: an answer to somebody else's exchange.
    case wrongNonce
    /// The server asks for fewer or more iterations than are allowed.
    case iterationsOutOfRange(Int, allowed: ClosedRange<Int>)
    /// The server could not prove that it knows the password.
    case wrongServerSignature
    /// The server reported an error in its last message, as `invalid-proof`.
    case server(String)

    /// The part of a message that was wrong.
    public enum StaticReason: String, Hashable, Sendable {
        case serverFirst = "server-first-message"
        case salt
        case iterations
        case serverFinal = "server-final-message"
        case extensions = "a mandatory extension"
        case outOfOrder = "a message at the wrong time"
    }
}

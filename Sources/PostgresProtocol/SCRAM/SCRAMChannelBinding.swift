/// What a SCRAM exchange is bound to.
///
/// Source: RFC 5802 §6, RFC 5929 §4.
public enum SCRAMChannelBinding: Hashable, Sendable {
    /// Nothing: the connection is not encrypted, or we do not bind.
    case none
    /// Nothing, since the server did not offer it; a server that did offer it learns of the downgrade.
    case notOffered
    /// The server's certificate, hashed.
    case serverEndPoint([UInt8])

    /// How the first message begins.
    var header: String {
        switch self {
        case .none: "n,,"
        case .notOffered: "y,,"
        case .serverEndPoint: "p=tls-server-end-point,,"
        }
    }

    /// What the last message repeats, in Base64.
    var proof: String {
        guard case .serverEndPoint(let hash) = self else { return Base64.encode(Array(header.utf8)) }
        return Base64.encode(Array(header.utf8) + hash)
    }

    /// The mechanism that goes with it.
    public var mechanism: String {
        if case .serverEndPoint = self { SCRAMExchange.mechanismPlus } else { SCRAMExchange.mechanism }
    }
}

/// How a connection is encrypted.
public struct TLSDescription: Hashable, Sendable {
    /// The version, as `TLSv1.3`.
    public let version: String
    /// The cipher suite, as `TLS_AES_256_GCM_SHA384`.
    public let cipher: String
    /// Whether the server's certificate was verified.
    public let isVerified: Bool
    /// Whether an earlier session with the server was resumed, in which its certificate was verified.
    public let isResumed: Bool
    /// When the server's certificate ends, in seconds since 1970.
    public let certificateExpiry: Int?
}

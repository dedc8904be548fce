/// Why a connection could not be encrypted.
enum TLSFault: Error {
    /// A file could not be used: what it was for, and OpenSSL's reason.
    case file(String, reason: String)
    /// The certificate was refused, for this reason.
    case certificate(String)
    /// The handshake failed otherwise.
    case handshake(String)
    /// The connection broke in the handshake.
    case closed
    /// The deadline passed in the handshake.
    case timedOut
}

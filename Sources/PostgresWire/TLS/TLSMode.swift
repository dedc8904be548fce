/// Whether a connection is encrypted, and how the server proves who it is.
///
/// Source: PostgreSQL 18 manual, "SSL Support", `sslmode`.
public enum TLSMode: String, Sendable, CaseIterable {
    /// Never encrypt.
    case disable
    /// Encrypt only if the server insists.
    case allow
    /// Encrypt if the server can; nothing is verified.
    case prefer
    /// Always encrypt; the certificate is verified only if a root certificate is named.
    case require
    /// Always encrypt, and verify that a trusted authority has signed the certificate.
    case verifyCA = "verify-ca"
    /// As `verify-ca`, and verify that the certificate is the host's.
    case verifyFull = "verify-full"

    /// Whether a connection without encryption is refused.
    var isRequired: Bool { self == .require || self == .verifyCA || self == .verifyFull }
}

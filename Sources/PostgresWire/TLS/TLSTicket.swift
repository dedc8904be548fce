internal import COpenSSL

/// A TLS session that a server has offered to resume.
///
/// `@unchecked Sendable`: OpenSSL counts the references to a session with atomics, and it is not changed here.
final class TLSTicket: @unchecked Sendable {
    let session: OpaquePointer
    /// When the whole handshake was, in which the server showed its certificate.
    let verified: ContinuousClock.Instant

    /// Takes over one reference to `session`.
    init(_ session: OpaquePointer, verified: ContinuousClock.Instant) {
        self.session = session
        self.verified = verified
    }

    deinit { SSL_SESSION_free(session) }

    /// Whether it is used once, so that nobody on the line can tell which connections belong together.
    ///
    /// Source: RFC 8446, appendix C.4.
    var isForOneUse: Bool { SSL_SESSION_get_protocol_version(session) >= TLS1_3_VERSION }
}

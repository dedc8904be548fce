internal import COpenSSL

/// What one connection resumes, and where it leaves the sessions that the server offers for the next.
final class TLSResumption: Sendable {
    private let store: TLSTicketStore
    private let server: PostgresEndpoint
    private let taken: TLSTicket?

    init(_ store: TLSTicketStore, _ server: PostgresEndpoint) {
        self.store = store
        self.server = server
        taken = store.take(for: server)
    }

    /// Lets the connection resume and be found by `keepTicket`; it must not outlive this object.
    func prepare(_ ssl: OpaquePointer) {
        SSL_set_ex_data(ssl, 0, Unmanaged.passUnretained(self).toOpaque())
        if let taken { SSL_set_session(ssl, taken.session) }
    }

    /// Makes the next handshake with this server a whole one.
    func forget() { store.forget(server) }

    fileprivate func keep(_ session: OpaquePointer, isResumed: Bool) {
        let verified = isResumed ? taken?.verified : nil
        store.keep(TLSTicket(session, verified: verified ?? .now), for: server)
    }
}

/// OpenSSL's call for each session that a server offers; 1 means that we have taken over its reference.
func keepTicket(_ ssl: OpaquePointer?, _ session: OpaquePointer?) -> Int32 {
    guard let ssl, let session, let object = SSL_get_ex_data(ssl, 0) else { return 0 }
    let resumption = Unmanaged<TLSResumption>.fromOpaque(object).takeUnretainedValue()
    resumption.keep(session, isResumed: SSL_session_reused(ssl) == 1)
    return 1
}

internal import PostgresProtocol

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Encrypting a connection before anything is said on it.
extension ConnectionOpener {
    /// Returns the connection as the configuration wants it: encrypted, or as it is.
    func encrypted(_ plain: Socket) throws(PostgresError) -> Socket {
        let mode = configuration.tlsMode
        // `allow` begins in the clear; a server that insists refuses such a session with its own error.
        guard mode != .disable, mode != .allow, !configuration.isUnixSocket else { return plain }
        if configuration.tls.rootCertificates == TLSConfiguration.system, mode != .verifyFull {
            throw .systemNeedsFull
        }
        if configuration.tls.isDirect {
            guard mode.isRequired else { throw .directNeedsRequire }
        } else if try !serverOffersTLS(plain) {
            guard !mode.isRequired else { throw .noTLS(place, mode) }
            return plain
        }
        do { return Socket(plain, encryptedBy: try negotiate(on: plain, mode)) } catch {
            throw insecure(error)
        }
    }

    private func negotiate(on socket: Socket, _ mode: TLSMode) throws(TLSFault) -> TLSSession {
        let context: TLSContext
        if let shared = configuration.tlsContext, shared.mode == mode {
            context = shared
        } else {
            context = try TLSContext(configuration.tls, mode: mode)
        }
        let tls = try TLSSession(
            context, descriptor: socket.descriptor,
            host: configuration.host.isEmpty ? configuration.hostAddress ?? "" : configuration.host,
            mode: mode, configuration.tls, resumption: resumption(with: context))
        do { try handshake(tls, socket) } catch {
            tls.forgetTickets()
            throw error
        }
        guard !configuration.tls.isDirect || tls.agreedOnProtocol else {
            throw .handshake("the server did not agree on the protocol \"postgresql\"")
        }
        return tls
    }

    private func resumption(with context: TLSContext) -> TLSResumption? {
        guard let store = context.tickets, configuration.channelBinding != .require else { return nil }
        let server = PostgresEndpoint(
            host: configuration.host, port: configuration.port, address: configuration.hostAddress)
        return TLSResumption(store, server)
    }

    /// Asks the server whether it speaks TLS, and reads exactly one byte: anything more would be somebody else's.
    private func serverOffersTLS(_ socket: Socket) throws(PostgresError) -> Bool {
        var writer = ByteWriter(capacity: 64)
        writer.appendSSLRequest()
        if let code = try send(&writer, on: socket) { throw unreachable(code) }
        var answer: UInt8 = 0
        while true {
            guard waitUntilReady(.read, socket) else {
                throw timedOut("the answer to the request for TLS")
            }
            switch withUnsafeMutableBytes(of: &answer, { socket.receive($0) }) {
            case .bytes:
                switch answer {
                case UInt8(ascii: "S"):
                    // Nothing can follow before we speak, unless somebody has put it there (CVE-2021-23222).
                    guard !socket.hasUnread else { throw .injected(place) }
                    return true
                case UInt8(ascii: "N"): return false
                // Whatever text follows an E was not authenticated: it is not shown.
                default: throw .brokenTLSAnswer(place)
                }
            case .wouldBlock: continue
            case .end, .failedTLS: throw .brokenTLSAnswer(place)
            case .failed(let code): throw unreachable(code)
            }
        }
    }

    private func handshake(_ tls: TLSSession, _ socket: Socket) throws(TLSFault) {
        while let interest = try tls.handshake() {
            guard waitUntilReady(interest, socket) else {
                throw .timedOut
            }
        }
    }

    func insecure(_ fault: TLSFault) -> PostgresError {
        let reason =
            switch fault {
            case .timedOut: "the TLS handshake with \(place) took longer than \(configuration.connectTimeout)"
            case .closed: "\(place) closed the connection in the TLS handshake"
            case .file(let what, let reason): "\(what) cannot be used (\(reason)). Check the file"
            case .certificate(let reason):
                "the certificate of \(place) was refused (\(reason)). Check sslrootcert, the host's name and the"
                    + " certificate's dates"
            case .handshake(let reason): "the TLS handshake with \(place) failed (\(reason))"
            }
        let code: PostgresError.Code =
            if case .file = fault { .invalidConfiguration } else { .connectionFailed }
        return PostgresError(code, effect: .none, reason: reason, cause: nil)
    }
}

extension PostgresError {
    fileprivate static let directNeedsRequire = PostgresError(
        .invalidConfiguration, effect: .none,
        reason: "sslnegotiation=direct needs sslmode=require or stronger")

    fileprivate static let systemNeedsFull = PostgresError(
        .invalidConfiguration, effect: .none,
        reason: "sslrootcert=system needs sslmode=verify-full: many could get a certificate of the system's"
            + " authorities")

    fileprivate static func noTLS(_ place: String, _ mode: TLSMode) -> PostgresError {
        PostgresError(
            .connectionFailed, effect: .none,
            reason:
                "\(place) does not speak TLS, and sslmode=\(mode.rawValue) asks for it. Turn TLS on in the"
                + " server, or write sslmode=disable if the network can be trusted")
    }

    fileprivate static func injected(_ place: String) -> PostgresError {
        PostgresError(
            .connectionFailed, effect: .none,
            reason:
                "unencrypted bytes followed the answer of \(place) to the request for TLS: somebody may stand"
                + " between. The connection was given up")
    }

    fileprivate static func brokenTLSAnswer(_ place: String) -> PostgresError {
        PostgresError(
            .connectionFailed, effect: .none,
            reason:
                "\(place) did not answer the request for TLS as a PostgreSQL server does. Check host and port"
        )
    }
}

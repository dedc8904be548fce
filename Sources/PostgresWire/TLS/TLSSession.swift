internal import COpenSSL

/// One encrypted connection.
///
/// `@unchecked Sendable`: OpenSSL's object is used by the opener alone, and after it only with the session's lock held.
final class TLSSession: @unchecked Sendable {
    private let context: TLSContext
    private let ssl: OpaquePointer
    private let resumption: TLSResumption?

    init(
        _ context: TLSContext, descriptor: Int32, host: String, mode: TLSMode,
        _ configuration: TLSConfiguration, resumption: TLSResumption? = nil
    ) throws(TLSFault) {
        guard let ssl = SSL_new(context.context), let bio = SocketBIO.make(descriptor) else {
            throw .handshake(OpenSSLError.take())
        }
        self.context = context
        self.ssl = ssl
        self.resumption = resumption
        resumption?.prepare(ssl)
        SSL_set_bio(ssl, bio, bio)
        SSL_set_connect_state(ssl)
        let isAddress = Self.isAddress(host)
        if configuration.sendsServerName, !isAddress, !host.isEmpty {
            var name = Array(host.utf8CString)
            SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name), &name)
        }
        if configuration.isDirect {
            let protocols = [UInt8(10)] + Array("postgresql".utf8)
            SSL_set_alpn_protos(ssl, protocols, UInt32(protocols.count))
        }
        guard mode == .verifyFull else { return }
        let parameters = SSL_get0_param(ssl)
        X509_VERIFY_PARAM_set_hostflags(parameters, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        let result =
            isAddress
            ? X509_VERIFY_PARAM_set1_ip_asc(parameters, host)
            : X509_VERIFY_PARAM_set1_host(parameters, host, 0)
        guard result == 1 else { throw .handshake(OpenSSLError.take()) }
    }

    deinit {
        // OpenSSL never resumes what ended without a farewell. PostgreSQL says its own, which keeps a cut apart.
        SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        SSL_free(ssl)
    }

    /// Goes on with the handshake; returns what to wait for, or nil when it is done.
    func handshake() throws(TLSFault) -> Interest? {
        ERR_clear_error()
        let result = SSL_do_handshake(ssl)
        if result == 1 { return nil }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return .read
        case SSL_ERROR_WANT_WRITE: return .write
        case SSL_ERROR_SYSCALL: throw .closed
        default:
            let verdict = SSL_get_verify_result(ssl)
            if context.verifies, verdict != Int(X509_V_OK) {
                throw .certificate(String(cString: X509_verify_cert_error_string(verdict)))
            }
            throw .handshake(OpenSSLError.take())
        }
    }

    func send(_ bytes: UnsafeRawBufferPointer) -> Socket.Outcome {
        ERR_clear_error()
        let result = SSL_write(ssl, bytes.baseAddress, Int32(clamping: bytes.count))
        return result > 0 ? .bytes(Int(result)) : outcome(result)
    }

    func receive(_ bytes: UnsafeMutableRawBufferPointer) -> Socket.Outcome {
        ERR_clear_error()
        let result = SSL_read(ssl, bytes.baseAddress, Int32(clamping: bytes.count))
        return result > 0 ? .bytes(Int(result)) : outcome(result)
    }

    private func outcome(_ result: Int32) -> Socket.Outcome {
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: .wouldBlock
        case SSL_ERROR_ZERO_RETURN: .end
        case SSL_ERROR_SYSCALL: .end
        default: .failedTLS(OpenSSLError.take())
        }
    }

    /// The version, as `TLSv1.3`.
    var version: String { String(cString: SSL_get_version(ssl)) }

    /// The cipher suite, as `TLS_AES_256_GCM_SHA384`.
    var cipher: String {
        SSL_get_current_cipher(ssl).flatMap { SSL_CIPHER_get_name($0) }.map { String(cString: $0) } ?? ""
    }

    /// Whether an earlier session was resumed, in which the certificate was shown.
    var isResumed: Bool { SSL_session_reused(ssl) == 1 }

    /// Makes the next handshake with this server a whole one.
    func forgetTickets() { resumption?.forget() }

    /// Whether the certificate was verified.
    var isVerified: Bool { context.verifies }

    /// Whether the server agreed to speak PostgreSQL's protocol (ALPN).
    var agreedOnProtocol: Bool {
        var name: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &name, &length)
        return UnsafeBufferPointer(start: name, count: Int(length)).elementsEqual("postgresql".utf8)
    }

    /// The last day of the server's certificate, in seconds since 1970.
    var certificateExpiry: Int? {
        guard let certificate = SSL_get1_peer_certificate(ssl) else { return nil }
        defer { X509_free(certificate) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard let epoch = ASN1_TIME_set(nil, 0) else { return nil }
        defer { ASN1_TIME_free(epoch) }
        guard ASN1_TIME_diff(&days, &seconds, epoch, X509_get0_notAfter(certificate)) == 1 else { return nil }
        return Int(days) * 86_400 + Int(seconds)
    }

    /// What SCRAM binds to: the server's certificate, hashed as its signature is, or with SHA-256 for MD5 and SHA-1.
    ///
    /// nil if the signature names no hash, as Ed25519's. Source: RFC 5929 §4.1.
    var channelBinding: [UInt8]? {
        guard let certificate = SSL_get1_peer_certificate(ssl) else { return nil }
        defer { X509_free(certificate) }
        var hash: Int32 = 0
        guard X509_get_signature_info(certificate, &hash, nil, nil, nil) == 1, hash != NID_undef else {
            return nil
        }
        let isWeak = hash == NID_md5 || hash == NID_sha1
        guard let digest = isWeak ? EVP_sha256() : EVP_get_digestbyname(OBJ_nid2sn(hash)) else { return nil }
        var output = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard X509_digest(certificate, digest, &output, &length) == 1 else { return nil }
        return Array(output.prefix(Int(length)))
    }

    private static func isAddress(_ host: String) -> Bool {
        guard let address = a2i_IPADDRESS(host) else { return false }
        ASN1_OCTET_STRING_free(address)
        return true
    }
}

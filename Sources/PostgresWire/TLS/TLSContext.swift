internal import COpenSSL

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// What all encrypted connections of one configuration share: versions, trusted authorities, our certificate.
///
/// `@unchecked Sendable`: OpenSSL counts the references to a context with atomics, and it is not changed after `init`.
final class TLSContext: @unchecked Sendable {
    let context: OpaquePointer
    let mode: TLSMode
    let verifies: Bool
    /// The sessions that may be resumed; nil if none may.
    let tickets: TLSTicketStore?
    private let keyLogPath: UnsafeMutablePointer<CChar>?

    init(_ configuration: TLSConfiguration, mode: TLSMode) throws(TLSFault) {
        guard let context = SSL_CTX_new(TLS_client_method()) else {
            throw .handshake(OpenSSLError.take())
        }
        self.context = context
        self.mode = mode
        keyLogPath = configuration.keyLogFile.flatMap { strdup($0) }
        verifies =
            mode == .verifyCA || mode == .verifyFull
            || (mode == .require && configuration.rootCertificates != nil)
        tickets = configuration.resumesSessions ? TLSTicketStore() : nil
        if tickets != nil {
            SSL_CTX_ctrl(context, SSL_CTRL_SET_SESS_CACHE_MODE, Self.cacheMode, nil)
            SSL_CTX_sess_set_new_cb(context, keepTicket)
        }
        // A write may be partial, and what is left may have moved by the time it is tried again.
        let modes = SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
        SSL_CTX_ctrl(context, SSL_CTRL_MODE, Int(modes), nil)
        SSL_CTX_set_options(context, Self.options)
        if let keyLogPath {
            SSL_CTX_set_ex_data(context, 0, keyLogPath)
            SSL_CTX_set_keylog_callback(context, logKey)
        }
        SSL_CTX_ctrl(
            context, SSL_CTRL_SET_MIN_PROTO_VERSION, configuration.minimumVersion.openSSL, nil)
        if let maximum = configuration.maximumVersion {
            SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, maximum.openSSL, nil)
        }
        SSL_CTX_set_verify(context, verifies ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nil)
        if verifies { try trust(configuration) }
        try present(configuration)
    }

    deinit {
        SSL_CTX_free(context)
        free(keyLogPath)
    }

    /// `SSL_OP_NO_RENEGOTIATION` and `SSL_OP_NO_COMPRESSION`, which are macros that Swift does not see.
    private static let options: UInt64 = 1 << 30 | 1 << 17

    /// `SSL_SESS_CACHE_CLIENT` and `SSL_SESS_CACHE_NO_INTERNAL`: the sessions are kept by us alone.
    private static let cacheMode = 0x1 | 0x100 | 0x200

    private func trust(_ configuration: TLSConfiguration) throws(TLSFault) {
        let file = configuration.rootCertificates ?? TLSConfiguration.system
        let result =
            file == TLSConfiguration.system
            ? SSL_CTX_set_default_verify_paths(context) : SSL_CTX_load_verify_locations(context, file, nil)
        guard result == 1 else { throw .file("the root certificates", reason: OpenSSLError.take()) }
        let (list, folder) = (configuration.revocationList, configuration.revocationFolder)
        guard list != nil || folder != nil else { return }
        let store = SSL_CTX_get_cert_store(context)
        guard X509_STORE_load_locations(store, list, folder) == 1 else {
            throw .file("the revocation list", reason: OpenSSLError.take())
        }
        X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
    }

    private func present(_ configuration: TLSConfiguration) throws(TLSFault) {
        guard let certificate = configuration.certificate else { return }
        guard SSL_CTX_use_certificate_chain_file(context, certificate) == 1 else {
            throw .file("the client certificate", reason: OpenSSLError.take())
        }
        let keyFile = configuration.key ?? certificate
        if let fault = PrivateFile.fault(of: keyFile) {
            throw .file("the key of the client certificate", reason: fault)
        }
        let passphrase = configuration.passphrase ?? ""
        let result = passphrase.withCString { pointer in
            SSL_CTX_set_default_passwd_cb_userdata(context, UnsafeMutableRawPointer(mutating: pointer))
            // Without a passphrase of ours OpenSSL would ask on the terminal.
            SSL_CTX_set_default_passwd_cb(context, givePassphrase)
            defer { SSL_CTX_set_default_passwd_cb_userdata(context, nil) }
            return SSL_CTX_use_PrivateKey_file(context, keyFile, SSL_FILETYPE_PEM)
        }
        guard result == 1, SSL_CTX_check_private_key(context) == 1 else {
            throw .file("the key of the client certificate", reason: OpenSSLError.take())
        }
    }
}

private func givePassphrase(
    _ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int32, _: Int32,
    _ passphrase: UnsafeMutableRawPointer?
) -> Int32 {
    guard let buffer, let passphrase else { return 0 }
    let text = String(cString: passphrase.assumingMemoryBound(to: CChar.self)).utf8
    guard text.count <= Int(capacity) else { return 0 }
    for (index, byte) in text.enumerated() { buffer[index] = CChar(bitPattern: byte) }
    return Int32(text.count)
}

/// Appends a line to the file whose path the context carries.
private func logKey(_ ssl: OpaquePointer?, _ line: UnsafePointer<CChar>?) {
    guard let line, let path = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), 0) else { return }
    let descriptor = open(path.assumingMemoryBound(to: CChar.self), O_WRONLY | O_APPEND | O_CREAT, 0o600)
    guard descriptor >= 0 else { return }
    defer { _ = close(descriptor) }
    let text = String(cString: line) + "\n"
    _ = text.withCString { write(descriptor, $0, text.utf8.count) }
}

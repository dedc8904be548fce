import PostgresWire

/// Connection strings of ours and of strangers.
enum ConnectionStringBody {
    static func complaint(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        _ = try? ConnectionString(text)
        if let configuration = try? PostgresConfiguration(connectionString: text) {
            _ = String(describing: configuration)
            _ = configuration.tlsMode
        }
        guard let stranger = try? PostgresConfiguration(untrusted: text) else { return nil }
        if stranger.endpoints.contains(where: \.isUnixSocket) { return "a stranger names a Unix socket" }
        if stranger.passwordFile != nil || stranger.tls.key != nil || stranger.tls.rootCertificates != nil {
            return "a stranger names a file"
        }
        return nil
    }
}

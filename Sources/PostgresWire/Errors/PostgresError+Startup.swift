internal import PostgresProtocol

extension PostgresError {
    /// Why a session did not come to be, with what to do about it.
    static func refused(_ fault: StartupFault, _ configuration: PostgresConfiguration) -> PostgresError {
        switch fault {
        case .server(let fields):
            return PostgresError(
                .connectionRefused, effect: .none, reason: "the server refused the connection", server: fields
            )
        case .unsupportedProtocolVersion(let minor):
            let (oldest, newest) = (
                configuration.minimumProtocolVersion, configuration.maximumProtocolVersion
            )
            return PostgresError(
                .connectionRefused, effect: .none,
                reason: "the server speaks protocol 3.\(minor), and the configuration accepts"
                    + " \(oldest.rawValue) to \(newest.rawValue). Change min_protocol_version and"
                    + " max_protocol_version, or upgrade the server or the pooler in between",
                cause: fault)
        case .malformed, .violation:
            return PostgresError(
                .protocolViolation, effect: .none,
                reason: "the peer does not speak PostgreSQL's protocol. Check host and port", cause: fault)
        case .passwordMissing:
            let file = configuration.passwordFileFault.map { ". The password file was not used: \($0)" } ?? ""
            return PostgresError(
                .connectionRefused, effect: .none,
                reason:
                    "the server wants a password for \"\(configuration.user)\" and none is configured\(file)"
            )
        case .cleartextPasswordRefused:
            return PostgresError(
                .connectionRefused, effect: .none,
                reason: "the server wants the password in the clear over a connection that others may read."
                    + " Let it use scram-sha-256 or verify it with sslmode=verify-full; require_auth=password"
                    + " accepts the risk")
        case .unsupportedAuthentication(let method):
            return PostgresError(
                .connectionRefused, effect: .none,
                reason: "the server wants an authentication that this client does not have (\(method))."
                    + " Let it use scram-sha-256")
        case .methodRefused(let method):
            return PostgresError(
                .connectionRefused, effect: .none, reason: refusal(of: method, configuration))
        case .channelBindingWithoutEncryption:
            return PostgresError(
                .connectionRefused, effect: .none,
                reason: "the server offers channel binding although the connection is not encrypted: somebody"
                    + " may stand between. Use sslmode=verify-full, or channel_binding=disable behind a proxy"
                    + " that ends TLS")
        case .channelBindingUnavailable:
            return PostgresError(
                .connectionRefused, effect: .none,
                reason:
                    "channel_binding=require asks for SCRAM over TLS bound to the server's certificate, which"
                    + " this server or connection does not offer")
        case .authenticationSkipped, .scram:
            return PostgresError(
                .connectionRefused, effect: .none,
                reason: "the server did not prove that it knows the password; the connection was given up",
                cause: fault)
        }
    }

    private static func refusal(
        of method: StartupPolicy.Method, _ configuration: PostgresConfiguration
    ) -> String {
        if configuration.requiredAuthentication == nil {
            return "the server asks for no proof of who we are, and TLS has not verified who it is."
                + " Use sslmode=verify-full; require_auth=none accepts the risk"
        }
        let name = method == .none ? "no authentication" : "the authentication \(method.rawValue)"
        return "the server wants \(name), which require_auth does not name"
    }
}

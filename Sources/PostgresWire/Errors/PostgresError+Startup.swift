internal import PostgresProtocol

extension PostgresError {
    /// Why a session did not come to be, with what to do about it.
    static func refused(_ fault: StartupFault, _ configuration: PostgresConfiguration) -> PostgresError {
        switch fault {
        case .server(let fields):
            return PostgresError(
                .connectionRefused, effect: .none, reason: "the server refused the connection", server: fields
            )
        case .malformed, .violation, .unsupportedProtocolVersion:
            return PostgresError(
                .protocolViolation, effect: .none,
                reason: "the peer does not speak PostgreSQL's protocol. Check host and port", cause: fault)
        case .passwordMissing:
            return PostgresError(
                .connectionRefused, effect: .none,
                reason: "the server wants a password for \"\(configuration.user)\" and none is configured")
        case .cleartextPasswordRefused:
            return PostgresError(
                .connectionRefused, effect: .none,
                reason: "the server wants the password in the clear over a connection that others may read."
                    + " Let it use scram-sha-256")
        case .unsupportedAuthentication(let method):
            return PostgresError(
                .connectionRefused, effect: .none,
                reason: "the server wants an authentication that this client does not have (\(method))."
                    + " Let it use scram-sha-256")
        case .methodRefused(let method):
            return PostgresError(
                .connectionRefused, effect: .none,
                reason:
                    "the server wants the authentication \(method.rawValue), which require_auth does not name"
            )
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
}

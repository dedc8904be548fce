#if CLI
import PostgresWire

/// How we reached a server and what it thinks of us.
struct ConnectionFacts: Sendable {
    var endpoint: PostgresEndpoint
    var tls: TLSDescription?
    var tlsMode: TLSMode
    /// How the server made sure who we are: `trust`, `password`, `md5` or `scram-sha-256`.
    var authentication: String
    var isChannelBound: Bool
    var serverVersion: String
    /// The number of the server process as it was told at the start.
    var backendProcessID: Int32?
    var statementMode: StatementMode

    init(_ connection: PostgresConnection, _ configuration: PostgresConfiguration) {
        endpoint = connection.endpoint
        tls = connection.tls
        tlsMode = configuration.tlsMode
        authentication = connection.authenticationMethod
        isChannelBound = connection.isChannelBound
        serverVersion = connection.parameter("server_version") ?? "of an unknown version"
        backendProcessID = connection.backendProcessID
        statementMode = configuration.statementMode
    }
}
#endif

public import PostgresProtocol

/// How to reach a server and as whom.
public struct PostgresConfiguration: Sendable {
    /// A host name or address, or the folder of a Unix socket if it begins with `/`, or an abstract one with `@`.
    public var host: String
    /// The port; for a Unix socket it is part of the socket's name.
    public var port: Int
    /// The address to connect to instead of asking for that of `host`, which the certificate must still be for.
    public var hostAddress: String?
    /// More servers, tried after the first one in their order.
    public var fallbacks: [PostgresEndpoint] = []
    /// Which of the servers will do.
    public var targetSession = TargetSession.any
    /// Whether the servers and their addresses are tried in random order, so that many clients spread over them.
    public var balancesHosts = false
    /// The role to connect as.
    public var user: String
    /// The role's password; never part of any text this package makes.
    public var password: String?
    /// Gives the password for each login, for tokens that change; it has until `connectTimeout`.
    public var passwordProvider: (@Sendable () async throws -> String)?
    /// A file as `.pgpass`, which is read for each login without a password.
    public var passwordFile: String?
    /// The database; the server takes the user's name if it is nil.
    public var database: String?
    /// What the server shows of us in `pg_stat_activity`.
    public var applicationName: String?
    /// More run-time parameters for the session, as `["statement_timeout": "5s"]`.
    public var runtimeParameters: [String: String] = [:]
    /// When and how to encrypt.
    public var tls = TLSConfiguration()
    /// Whether SCRAM is bound to the server's certificate.
    public var channelBinding = StartupPolicy.ChannelBinding.prefer
    /// The ways of logging in that are accepted; nil for all, the password in the clear only where nobody listens.
    public var requiredAuthentication: Set<StartupPolicy.Method>?
    /// The oldest version of the protocol to speak; a server that speaks only older ones is refused.
    public var minimumProtocolVersion = PostgresProtocolVersion.v30
    /// The newest version of the protocol to ask for; the server may choose an older one.
    ///
    /// 3.0 unless it is set, as libpq's: servers before 2018 and some poolers refuse what they do not know.
    public var maximumProtocolVersion = PostgresProtocolVersion.v30
    /// How long name resolution, connecting and authentication may take together.
    public var connectTimeout: Duration = .seconds(10)
    /// When the system looks whether a silent peer is still there.
    public var keepalive = SocketKeepalive()
    /// How statements are sent; `unnamed` for a pooler that gives every transaction another server session.
    public var statementMode = StatementMode.named
    /// How many calls may be in flight on one connection; one more waits, and 1 turns pipelining off.
    public var maximumPipelineDepth = 10_000
    /// How long a statement may take unless its query says otherwise; nil for ever.
    public var queryTimeout: Duration?
    /// How long a transaction may wait for its next statement before the connection is closed, which rolls it back; nil
    /// for ever.
    ///
    /// A forgotten transaction holds its locks and keeps the server from cleaning up. The client keeps this deadline
    /// itself, since poolers refuse the server's `idle_in_transaction_session_timeout` in the start of a session.
    public var idleInTransactionTimeout: Duration? = .seconds(300)
    /// How long the server may take to answer a cancelled statement before the connection is given up.
    public var cancelGrace: Duration = .seconds(5)
    /// How many prepared statements each session keeps; at least 1.
    public var statementCacheCount = 256
    /// How many bytes of SQL the prepared statements of a session may have in all.
    public var statementCacheBytes = 1_048_576
    /// How many SCRAM iterations the server may ask for; the upper bound limits what a login can cost us.
    ///
    /// The lower bound, which hinders guessing by an impostor, does not hold where TLS has verified the server.
    public var allowedSCRAMIterations = 4_096...1_000_000

    /// Is shown every message of every connection, for looking into what goes on; nil costs nothing.
    public var wireTrace: WireTrace?
    /// Who is told what connections to this server do; nobody by default, which costs nothing.
    public var observers: [any ClientObserver] = []
    /// What observers are told beyond names and numbers.
    public var observation = ObservationOptions()
    /// The name of the pool whose connections these are.
    var poolName: String?

    /// Names a server and a role.
    public init(
        host: String = "localhost", port: Int = 5_432, user: String, password: String? = nil,
        database: String? = nil
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.database = database
    }

    /// All servers in their order.
    public var endpoints: [PostgresEndpoint] {
        [PostgresEndpoint(host: host, port: port, address: hostAddress)] + fallbacks
    }

    /// Whether the server is reached by a Unix socket.
    public var isUnixSocket: Bool { endpoint.isUnixSocket }

    /// Whether the connection stays within this machine.
    public var isLocal: Bool { endpoint.isLocal }

    /// The mode in force: the one that was set, else `verify-full` for hosts elsewhere and `disable` here.
    public var tlsMode: TLSMode {
        tls.mode ?? (isLocal && tls.rootCertificates != TLSConfiguration.system ? .disable : .verifyFull)
    }

    private var endpoint: PostgresEndpoint { PostgresEndpoint(host: host, port: port, address: hostAddress) }

    /// The same for one server alone.
    func at(_ endpoint: PostgresEndpoint) -> PostgresConfiguration {
        var result = self
        result.host = endpoint.host
        result.port = endpoint.port
        result.hostAddress = endpoint.address
        result.fallbacks = []
        return result
    }

    /// Set by a pool, so that its connections share what is costly to make.
    var tlsContext: TLSContext?
    var saltedPasswords: SaltedPasswords?
    var types: TypeCache?
    /// Why the password file could not be used, for the error if a password is missing.
    package var passwordFileFault: String?
}

extension PostgresConfiguration: CustomStringConvertible, CustomReflectable {
    /// User, hosts, ports and database, never the password.
    public var description: String {
        "\(user)@\(endpoints.map(\.description).joined(separator: ","))/\(database ?? user)"
    }

    /// Everything but the password.
    public var customMirror: Mirror {
        Mirror(self, children: ["host": host, "port": port, "user": user, "database": database ?? user])
    }
}

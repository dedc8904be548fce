extension PostgresConfiguration {
    /// Reads a connection URI: `postgres://user:password@host:port/database?application_name=…`.
    ///
    /// It is read as libpq reads it, with every parameter of the manual, several hosts and percent-encoding; neither
    /// the environment nor any file is looked at. Without a host it is `localhost`; `postgres:///db?host=/run/postgresql`
    /// names a Unix socket. A user must be named.
    /// Source: PostgreSQL 18 manual, "Connection Strings".
    ///
    /// - Throws: `invalidConfiguration`; the text never holds any part of the URI.
    public init(url: String) throws(PostgresError) {
        guard ConnectionString.isURI(url) else {
            throw PostgresError(
                .invalidConfiguration, effect: .none,
                reason: "a connection URI begins with postgres:// or postgresql://")
        }
        try self.init(connectionString: url)
    }

    /// Reads a connection string, a URI or `host=… user=…`, and nothing else.
    ///
    /// - Throws: `invalidConfiguration`; the text never holds any part of the string.
    public init(connectionString: String) throws(PostgresError) {
        try self.init(ConnectionSettings(try ConnectionString(connectionString)))
    }

    /// Reads a connection string as libpq's programs do: what it leaves open is taken from a service, from the variables
    /// `PGHOST`, `PGUSER`, `PGPASSWORD`, …, from `~/.pgpass` and from `~/.postgresql`.
    ///
    /// Two defaults are not libpq's: the host is `localhost`, and `sslmode` is `verify-full` for servers elsewhere.
    /// Source: PostgreSQL 18 manual, "Environment Variables".
    ///
    /// - Parameters:
    ///   - environment: The variables; nil for those of this process.
    ///   - connectionString: A URI or `host=… user=…`; it comes before the environment.
    /// - Throws: `invalidConfiguration`; the text never holds any value.
    public init(
        environment: [String: String]?, connectionString: String = ""
    ) throws(PostgresError) {
        let string = try ConnectionString(connectionString)
        let variables = environment ?? ConnectionSettings.processEnvironment()
        try self.init(try ConnectionSettings(string, environment: variables))
    }

    /// Reads a connection string that somebody else wrote, whom we do not trust.
    ///
    /// Nothing but the string is looked at, so that no secret of ours goes to a server of theirs. Unix sockets are refused.
    ///
    /// - Parameters:
    ///   - untrusted: A URI or `host=… user=…`.
    ///   - keywords: What it may say; the default names neither files nor services nor server options.
    /// - Throws: `invalidConfiguration`; the text never holds any part of the string.
    public init(
        untrusted: String, allowing keywords: Set<String> = harmlessKeywords
    ) throws(PostgresError) {
        let string = try ConnectionString(untrusted)
        guard keywords.isSuperset(of: string.values.keys) else {
            throw ConnectionString.invalid("has a parameter that is not allowed here")
        }
        try self.init(ConnectionSettings(string))
        guard !endpoints.contains(where: \.isUnixSocket) else {
            throw ConnectionString.invalid("names a Unix socket, which is not allowed here")
        }
    }

    /// The keywords that are harmless in a connection string of somebody else.
    public static let harmlessKeywords: Set<String> = [
        "host", "hostaddr", "port", "user", "password", "dbname", "application_name", "connect_timeout",
        "sslmode", "channel_binding", "target_session_attrs", "load_balance_hosts",
    ]

    private init(_ settings: ConnectionSettings) throws(PostgresError) {
        guard let user = settings.value("user") else {
            throw ConnectionString.invalid("names no user")
        }
        let endpoints = try ConnectionReader(settings).endpoints()
        self.init(user: user)
        host = endpoints[0].host
        port = endpoints[0].port
        hostAddress = endpoints[0].address
        fallbacks = Array(endpoints.dropFirst())
        try ConnectionReader(settings).apply(to: &self)
    }
}

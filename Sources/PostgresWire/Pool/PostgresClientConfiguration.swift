/// How a pool behaves.
public struct PostgresClientConfiguration: Sendable {
    /// The server that the connections go to.
    public var server: PostgresConfiguration
    /// How many connections there are at most, lent and idle; at least 1.
    public var maximumConnections = 10
    /// How many callers may wait for a connection at once; one more is refused.
    public var maximumWaiters = 10_000
    /// How many connections are opened at the same time.
    public var maximumOpening = 2
    /// How long a caller waits for a connection, opening one included.
    public var acquireTimeout: Duration = .seconds(10)
    /// How long an unused connection is kept.
    public var idleTimeout: Duration = .seconds(600)

    /// Takes the defaults for everything but the server.
    public init(_ server: PostgresConfiguration) { self.server = server }

    /// Takes the defaults for everything but the server, which a connection URI names.
    public init(url: String) throws(PostgresError) { server = try PostgresConfiguration(url: url) }
}

/// Which embedded server to start, and how.
public struct EmbeddedPostgresOptions: Sendable {
    /// The server's name: letters, digits, `_` and `-`, 1 to 40 of them.
    ///
    /// Two processes that start the same name
    /// get the same server. Ignored for an ephemeral server.
    public var name: String

    /// True for a server of one's own in a folder of its own, which is removed when `stop()` is called or the
    /// process ends, in whatever way it ends.
    public var ephemeral: Bool

    /// What the server does to keep committed data over a crash of the machine.
    public var durability: EmbeddedPostgresDurability

    /// The folder that holds the state and the data of all servers; nil for `orchestrator-postgres` in the
    /// user's data folder (`XDG_DATA_HOME`, else `~/.local/share`).
    public var dataFolder: String?

    /// The folder that holds downloaded servers; nil for `orchestrator-postgres` in the user's cache folder
    /// (`XDG_CACHE_HOME`, else `~/.cache`).
    public var cacheFolder: String?

    /// The TCP port, 1 to 65,535; nil for a free one.
    ///
    /// A server that runs already keeps its own.
    public var port: Int?

    /// Further lines of `postgresql.conf`, for instance `["max_connections": "300"]`.
    ///
    /// They take effect when the
    /// server starts; a server that runs already keeps its own.
    public var settings: [String: String]

    /// Where the server's programs come from.
    public var source: EmbeddedPostgresSource

    /// The longest that the whole start may take, download and waiting for other processes included.
    public var timeout: Duration

    /// Called as the work advances, on a thread of its own and never concurrently; keep it short.
    public var progress: (@Sendable (EmbeddedPostgresProgress) -> Void)?

    /// Whether the server must have pgvector.
    ///
    /// The tests of encryption take a wheel that has OpenSSL and lacks pgvector.
    package var needsVector = true

    /// Creates options for the named, durable server; every property can be changed afterwards.
    public init(
        name: String = "main", ephemeral: Bool = false, durability: EmbeddedPostgresDurability = .full,
        dataFolder: String? = nil, cacheFolder: String? = nil, port: Int? = nil,
        settings: [String: String] = [:], source: EmbeddedPostgresSource = .automatic,
        timeout: Duration = .seconds(600),
        progress: (@Sendable (EmbeddedPostgresProgress) -> Void)? = nil
    ) {
        self.name = name
        self.ephemeral = ephemeral
        self.durability = durability
        self.dataFolder = dataFolder
        self.cacheFolder = cacheFolder
        self.port = port
        self.settings = settings
        self.source = source
        self.timeout = timeout
        self.progress = progress
    }

    /// A server that lives and dies with this process, durable over its own crashes.
    public static var ephemeral: EmbeddedPostgresOptions {
        EmbeddedPostgresOptions(ephemeral: true)
    }
}

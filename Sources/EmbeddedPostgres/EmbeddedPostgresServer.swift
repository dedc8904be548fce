/// A PostgreSQL server with pgvector that runs on this machine for this user.
///
/// A named server is shared: every process that starts the same name gets the same one, and it goes on
/// running when they end. An ephemeral server belongs to the process that started it and ends with it, at the
/// latest when the process ends, even if it is killed. It listens on 127.0.0.1 and on a private Unix socket,
/// with a random password (SCRAM-SHA-256).
public final class EmbeddedPostgresServer: Sendable {
    /// The server's URL over TCP, with user, password and database.
    public let url: String

    /// The server's URL over its Unix socket, for the account that runs the server.
    public let unixSocketURL: String

    /// The server's version as it says itself, for instance `18.6`.
    public let version: String

    /// The TCP port on 127.0.0.1.
    public let port: Int

    /// The folder of the server's data.
    public let dataFolder: String

    /// The folder of the server's programs, `psql` and `pg_dump` among them.
    public let programFolder: String

    /// The process number of the server's main process.
    public let processIdentifier: Int32

    /// True if it ran already when it was asked for.
    public let wasRunning: Bool

    /// True if it ends with this process.
    public var isEphemeral: Bool { end != nil }

    private let options: EmbeddedPostgresOptions
    private let end: EphemeralEnd?

    init(
        state: ServerState, pid: Int32, options: EmbeddedPostgresOptions, wasRunning: Bool,
        watchdog: Watchdog? = nil
    ) {
        url = state.url
        unixSocketURL = state.unixSocketURL
        version = state.version
        port = state.port
        dataFolder = state.dataFolder
        programFolder = state.binFolder
        processIdentifier = pid
        self.wasRunning = wasRunning
        self.options = options
        end = watchdog.map { EphemeralEnd($0) }
    }

    /// Stops the server: a named one for everybody who uses it, keeping its data; an ephemeral one with its
    /// data.
    ///
    /// Waits until it has stopped. Calling it again does nothing. Dropping the last reference does not stop a
    /// server. Use the static `stop(_:)` to learn why a named server did not stop.
    public func stop() async {
        if let end {
            await end.finish()
        } else {
            try? await Self.stop(options)
        }
    }
}

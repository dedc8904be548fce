/// Why an embedded server could not be started, stopped or found.
public enum EmbeddedPostgresError: Error, Sendable, Equatable {
    /// An option has a value that cannot work.
    case invalidOption(String)

    /// No PostgreSQL with pgvector is here and none could be fetched; one reason for each way that was tried.
    case noServerAvailable(reasons: [String])

    /// The installation that was asked for cannot be used.
    case installationUnusable(path: String, reason: String)

    /// This process is root, and there is no account that the server could run as.
    case accountMissing

    /// A folder cannot be made, read or written.
    case folderUnusable(path: String, reason: String)

    /// `initdb` failed; `log` holds its last lines.
    case initializationFailed(log: String)

    /// The server did not start; `log` holds its last lines.
    case startFailed(log: String)

    /// The port that was asked for is in use.
    case portTaken(Int)

    /// The data was made by another major version than the programs that are here.
    case versionMismatch(name: String, data: String, installation: String)

    /// The server's data is there, but the file with its password is not.
    case stateMissing(name: String, path: String)

    /// The server runs but cannot offer the extension `vector`.
    case vectorMissing(version: String)

    /// The server runs but refused or failed a query; the server's words.
    case queryFailed(String)

    /// There is no server of this name.
    case unknownServer(name: String)

    /// The server did not stop.
    case stopFailed(log: String)

    /// The time that the options allow has passed.
    case timedOut(during: String)

    /// The task was cancelled.
    case cancelled
}

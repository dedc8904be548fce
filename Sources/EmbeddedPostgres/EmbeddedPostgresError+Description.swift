extension EmbeddedPostgresError: CustomStringConvertible {
    /// What happened and what to do, in one sentence each.
    public var description: String { "\(summary). \(remedy)." }

    /// What happened.
    public var summary: String {
        switch self {
        case .invalidOption(let text):
            "An option of the embedded server is wrong: \(text)"
        case .noServerAvailable(let reasons):
            "No PostgreSQL with pgvector was found (\(reasons.joined(separator: "; ")))"
        case .installationUnusable(let path, let reason):
            "The PostgreSQL installation \(path) cannot be used: \(reason)"
        case .accountMissing:
            "PostgreSQL refuses to run as root, and there is no account postgres or nobody to run it as"
        case .folderUnusable(let path, let reason):
            "The folder or file \(path) cannot be used: \(reason)"
        case .initializationFailed(let log):
            "A new database cluster could not be made: \(log)"
        case .startFailed(let log):
            "The embedded PostgreSQL did not start: \(log)"
        case .portTaken(let port):
            "Port \(port) is in use"
        case .versionMismatch(let name, let data, let installation):
            "The data of server '\(name)' was made by PostgreSQL \(data), but \(installation) is installed"
        case .stateMissing(let name, let path):
            "The data of server '\(name)' is in \(path), but the file with its password is gone"
        case .vectorMissing(let version):
            "PostgreSQL \(version) was started, but does not offer the extension vector"
        case .queryFailed(let text):
            "The embedded PostgreSQL runs but failed a query: \(text)"
        case .unknownServer(let name):
            "There is no embedded server '\(name)'"
        case .stopFailed(let log):
            "The embedded PostgreSQL did not stop: \(log)"
        case .timedOut(let step):
            "The time allowed for the embedded PostgreSQL passed while \(step)"
        case .cancelled:
            "The work on the embedded PostgreSQL was cancelled"
        }
    }

    /// What to do about it.
    public var remedy: String {
        switch self {
        case .invalidOption: "Correct the option"
        case .noServerAvailable:
            "Run `docker compose up -d` and set DATABASE_URL=postgres://postgres:postgres@localhost:5433/mcai, or "
                + "name any other server with pgvector there"
        case .installationUnusable: "Name another installation, or let the source be automatic"
        case .accountMissing: "Add such an account, or run as an ordinary user"
        case .folderUnusable: "Free it, or choose other folders with XDG_DATA_HOME and XDG_CACHE_HOME"
        case .initializationFailed, .startFailed:
            "Correct what the log names, or use another server with DATABASE_URL"
        case .portTaken: "Choose another port, or none to get a free one"
        case .versionMismatch(let name, let data, _):
            "Install PostgreSQL \(data) with pgvector, or give the data up with "
                + "`orchestrator server destroy --name \(name)`"
        case .stateMissing(let name, _), .unknownServer(let name):
            Self.remedy(self, name: name)
        case .vectorMissing: "Install pgvector for this PostgreSQL, or use the source wheel"
        case .queryFailed: "Look into the server's log, or use another server with DATABASE_URL"
        case .stopFailed: "Try again, or end the server process by hand"
        case .timedOut: "Try again, or allow more time"
        case .cancelled: "Start again"
        }
    }

    private static func remedy(_ error: EmbeddedPostgresError, name: String) -> String {
        if case .stateMissing = error {
            return "Give the data up with `orchestrator server destroy --name \(name)`"
        }
        return "Start it with `orchestrator server start --name \(name)`"
    }
}

#if CLI
import PostgresWire

/// A server that the user named, and where.
struct ServerChoice: Sendable {
    /// Where a server can be named.
    enum Origin: String, Sendable {
        case option = "--url"
        case databaseURL = "DATABASE_URL"
        case variables = "the PG variables"
        case embedded = "the embedded server"
    }

    var configuration: PostgresConfiguration
    var origin: Origin
    /// The URI or `host=… user=…` that named it; empty for the PG variables.
    var connectionString: String

    /// Takes a server that a string names; what it leaves open comes from the PG variables and `~/.pgpass`.
    init(_ connectionString: String, origin: Origin, environment: Environment) throws {
        do {
            configuration = try PostgresConfiguration(
                environment: environment.variables, connectionString: connectionString)
        } catch {
            throw CommandFailure(
                .configuration, "The address in \(origin.rawValue) makes no sense: \(error.reason)",
                remedy: origin == .variables
                    ? "Correct or unset them" : "Write it as postgres://user:password@host:port/database")
        }
        self.origin = origin
        self.connectionString = connectionString
    }

    /// The server that `url`, else `DATABASE_URL`, else the PG variables name; nil if none of them does.
    init?(url: String?, environment: Environment) throws {
        if let url {
            try self.init(url, origin: .option, environment: environment)
        } else if let url = environment["DATABASE_URL"] {
            try self.init(url, origin: .databaseURL, environment: environment)
        } else if Self.naming.contains(where: { environment[$0] != nil }) {
            try self.init("", origin: .variables, environment: environment)
        } else {
            return nil
        }
    }

    /// The variables of which one is enough to name a server.
    private static let naming = ["PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGDATABASE", "PGSERVICE"]

    /// The server for people, without the password.
    var description: String {
        let places = configuration.endpoints.map { $0.isUnixSocket ? $0.host : "\($0.host):\($0.port)" }
        return "the server at \(places.joined(separator: ", "))"
    }

    /// The environment in which a child process finds the same server, without naming it among its arguments.
    func environment(from parent: Environment) -> Environment {
        var environment = parent
        if !connectionString.isEmpty { environment["DATABASE_URL"] = connectionString }
        return environment
    }
}
#endif

#if CLI
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
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

    init(_ configuration: PostgresConfiguration, origin: Origin) {
        self.configuration = configuration
        self.origin = origin
    }

    /// The server that `url`, else `DATABASE_URL`, else the PG variables name; nil if none of them does.
    init?(url: String?, environment: Environment) throws {
        if let url {
            self.init(try Self.read(url, from: .option), origin: .option)
        } else if let url = environment["DATABASE_URL"] {
            self.init(try Self.read(url, from: .databaseURL), origin: .databaseURL)
        } else if let configuration = try Self.variables(environment) {
            self.init(configuration, origin: .variables)
        } else {
            return nil
        }
    }

    /// The server for people, without the password.
    var description: String {
        let place =
            configuration.isUnixSocket ? configuration.host : "\(configuration.host):\(configuration.port)"
        return "the server at \(place)"
    }

    private static func read(_ url: String, from origin: Origin) throws -> PostgresConfiguration {
        do {
            return try PostgresConfiguration(url: url)
        } catch {
            throw CommandFailure(
                .configuration, "The address in \(origin.rawValue) makes no sense: \(error.reason)",
                remedy: "Write it as postgres://user:password@host:port/database")
        }
    }

    /// The PG variables that become parameters of a connection URI.
    ///
    /// Source: PostgreSQL 18 manual, 32.15 "Environment Variables".
    private static let parameters = [
        ("PGPORT", "port"), ("PGPASSWORD", "password"), ("PGDATABASE", "dbname"), ("PGOPTIONS", "options"),
        ("PGAPPNAME", "application_name"), ("PGCONNECT_TIMEOUT", "connect_timeout"), ("PGSSLMODE", "sslmode"),
        ("PGSSLROOTCERT", "sslrootcert"), ("PGSSLCERT", "sslcert"), ("PGSSLKEY", "sslkey"),
        ("PGSSLCRL", "sslcrl"), ("PGSSLMINPROTOCOLVERSION", "ssl_min_protocol_version"),
        ("PGSSLMAXPROTOCOLVERSION", "ssl_max_protocol_version"), ("PGSSLNEGOTIATION", "sslnegotiation"),
        ("PGSSLSNI", "sslsni"), ("PGCHANNELBINDING", "channel_binding"), ("PGREQUIREAUTH", "require_auth"),
    ]

    private static func variables(_ environment: Environment) throws -> PostgresConfiguration? {
        let naming = ["PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGDATABASE"]
        guard naming.contains(where: { environment[$0] != nil }) else { return nil }
        let host = environment["PGHOSTADDR"] ?? environment["PGHOST"] ?? "localhost"
        let user = environment["PGUSER"] ?? environment["USER"] ?? accountName ?? "postgres"
        var pairs = [("host", host), ("user", user)]
        for (variable, parameter) in parameters {
            if let value = environment[variable] { pairs.append((parameter, value)) }
        }
        let query = pairs.map { "\($0.0)=\(PostgresConfiguration.encoded($0.1))" }.joined(separator: "&")
        do {
            return try PostgresConfiguration(url: "postgres://?\(query)")
        } catch {
            throw CommandFailure(
                .configuration, "The PG variables make no sense: \(error.reason)",
                remedy: "Correct or unset them")
        }
    }

    private static var accountName: String? {
        getpwuid(getuid()).flatMap { entry in entry.pointee.pw_name.map { String(cString: $0) } }
    }
}
#endif

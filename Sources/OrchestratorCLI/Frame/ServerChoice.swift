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

    /// Source: PostgreSQL 18 manual, 32.15 "Environment Variables".
    private static func variables(_ environment: Environment) throws -> PostgresConfiguration? {
        let naming = ["PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGDATABASE"]
        guard naming.contains(where: { environment[$0] != nil }) else { return nil }
        let host = environment["PGHOSTADDR"] ?? environment["PGHOST"] ?? "localhost"
        let user =
            environment["PGUSER"] ?? environment["USER"]
            ?? getpwuid(getuid()).flatMap { entry in
                entry.pointee.pw_name.map { String(cString: $0) }
            }
        var configuration = PostgresConfiguration(host: host, user: user ?? "postgres")
        if let text = environment["PGPORT"] {
            guard let port = Int(text), (1...65_535).contains(port) else {
                throw CommandFailure(
                    .configuration, "PGPORT is not a number from 1 to 65535", remedy: "Correct or unset it")
            }
            configuration.port = port
        }
        configuration.password = environment["PGPASSWORD"]
        configuration.database = environment["PGDATABASE"]
        configuration.applicationName = environment["PGAPPNAME"]
        if let options = environment["PGOPTIONS"] { configuration.runtimeParameters["options"] = options }
        if let text = environment["PGCONNECT_TIMEOUT"], let seconds = Int(text), seconds > 0 {
            configuration.connectTimeout = .seconds(min(seconds, 86_400))
        }
        return configuration
    }
}
#endif

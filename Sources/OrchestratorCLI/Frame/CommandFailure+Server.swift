#if CLI
import EmbeddedPostgres
import PostgresWire
import StoreContracts

/// What the errors of the layers below mean to somebody at a prompt.
extension CommandFailure {
    init(_ error: PostgresError, server: String) {
        let details = String(reflecting: error)
        switch error.code {
        case .cancelled:
            self = .interrupted
        case .invalidConfiguration:
            self.init(
                .configuration, "The address of the server makes no sense: \(error.reason)",
                remedy: "Correct --url, DATABASE_URL or the PG variables", details: details)
        case .connectionFailed, .connectionClosed:
            self.init(
                .server, "No connection to \(server): \(Self.firstSentence(error.reason))",
                remedy:
                    "Start the server, or correct host and port in --url, DATABASE_URL or the PG variables",
                details: details)
        case .connectionRefused:
            self.init(refused: error, server: server, details: details)
        case .timedOut, .poolExhausted:
            if let cause = error.cause as? PostgresError {
                self.init(cause, server: server)
            } else {
                self.init(
                    .server, "\(Self.capitalized(server)) did not answer in time: \(error.reason)",
                    remedy: "Look whether it is overloaded or unreachable, then try again", details: details)
            }
        default:
            self.init(other: error, server: server, details: details)
        }
    }

    /// Says why a session was refused.
    ///
    /// Source: PostgreSQL 18 manual, appendix A "PostgreSQL Error Codes".
    private init(refused error: PostgresError, server: String, details: String) {
        let message = error.server?.message ?? error.reason
        let remedy =
            switch error.sqlState {
            case "28P01": "Correct the password in --url, DATABASE_URL or PGPASSWORD"
            case "28000": "Use a role that may connect, or let pg_hba.conf on the server admit it"
            case "3D000": "Create it with CREATE DATABASE, or name one that exists"
            case "53300": "End sessions that are not needed, or raise max_connections"
            case "57P03": "Wait until it has started, then try again"
            default: "Correct role and password in --url, DATABASE_URL or the PG variables"
            }
        self.init(
            .server, "\(Self.capitalized(server)) refused us: \(message)", remedy: remedy, details: details)
    }

    private init(other error: PostgresError, server: String, details: String) {
        let remedy =
            switch error.sqlState {
            case "42501": "Use a role that has the right"
            case "42P01", "3F000": "Run orchestrator migrate apply first"
            case "57P01", "57P02", "57P03": "Wait until the server is up again, then try again"
            case "53100": "Make room on the server's disk"
            default: "Run it again with --verbose to see the whole error"
            }
        self.init(
            .server, "\(Self.capitalized(server)) failed us: \(error)", remedy: remedy, details: details)
    }

    init(_ error: EmbeddedPostgresError) {
        let code: CommandExit =
            switch error {
            case .invalidOption, .unknownServer: .configuration
            case .cancelled: .interrupted
            default: .server
            }
        self.init(code, error.summary, remedy: error.remedy)
    }

    init(_ error: StoreError, server: String) {
        switch error.code {
        case .cancelled: self = .interrupted
        default:
            self.init(
                .server, "\(Self.capitalized(server)) failed us: \(error.code.sentence)",
                remedy: error.remedy,
                details: String(describing: error))
        }
    }

    /// What happened, without the remedy that the client adds for programmers.
    private static func firstSentence(_ text: String) -> Substring {
        var rest = text[...]
        while let stop = rest.firstIndex(of: ".") {
            let after = rest[rest.index(after: stop)...]
            if after.first == " " { return text[..<stop] }
            rest = after
        }
        return text[...]
    }

    private static func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
#endif

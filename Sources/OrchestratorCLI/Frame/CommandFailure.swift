#if CLI
import EmbeddedPostgres
import PostgresMigrator
import PostgresWire
import StoreContracts

/// Why a subcommand ended badly: one sentence that says what happened and one that says what to do.
struct CommandFailure: Error {
    /// The exit code.
    var code: CommandExit
    /// What happened, without its full stop.
    var happened: String
    /// What to do, without its full stop.
    var remedy: String
    /// What `--verbose` shows besides.
    var details: String?
    /// Lines of what the user wrote, with a mark where it went wrong.
    var excerpt: String?

    init(_ code: CommandExit, _ happened: String, remedy: String, details: String? = nil) {
        self.code = code
        self.happened = Self.withoutStop(happened)
        self.remedy = Self.withoutStop(remedy)
        self.details = details
    }

    /// Explains an error of any kind; `server` says which server was spoken to, without secrets.
    init(any error: any Error, server: String = "the server") {
        switch error {
        case let failure as CommandFailure: self = failure
        case is CancellationError: self = .interrupted
        case let error as PostgresError: self.init(error, server: server)
        case let error as MigrationError: self.init(error, server: server)
        case let error as EmbeddedPostgresError: self.init(error)
        case let error as StoreError: self.init(error, server: server)
        default:
            self.init(
                .checkFailed, "Something failed that should not: \(error)",
                remedy: "Run it again with --verbose, and report it with what that shows",
                details: String(reflecting: error))
        }
    }

    /// The end after SIGINT or SIGTERM.
    static let interrupted = CommandFailure(
        .interrupted, "Interrupted", remedy: "Run the command again to start over")

    /// Both sentences.
    var text: String { "\(happened). \(remedy)." }

    private static func withoutStop(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
#endif

#if CLI
import ArgumentParser

/// The options of every subcommand that needs a database.
struct ServerOptions: ParsableArguments {
    @Option(
        help: "The database as postgres://user:password@host:port/name; else DATABASE_URL, else PGHOST ….")
    var url: String?

    /// The server that options and environment name; nil if they name none.
    func choice() throws -> ServerChoice? { try ServerChoice(url: url, environment: .current) }
}
#endif

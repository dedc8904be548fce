#if CLI
import ArgumentParser
import JSONModel
import PostgresWire

/// `orchestrator trace`.
struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Show what is said on the wire for one statement, message by message.",
        discussion: """
            Everything from the request for TLS to the end of the session is shown, as it is before encryption, with \
            the time since the connection was made. Passwords, what SASL exchanges and cancel keys never are; \
            parameters and rows only with --show-values, else their sizes.

            A refused login and a failing statement are shown as well, before the error.
            """)

    @Argument(help: "One statement.")
    var sql: String

    @Option(
        name: .customLong("param"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("The value of the next parameter; may be repeated.", valueName: "value"))
    var parameters: [String] = []

    @Flag(help: "Show parameters, rows and details of errors, which may be secret.")
    var showValues = false

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { try StatementText.check(sql) }

    func run() async throws {
        let console = output.console()
        let log = TraceLog()
        let statement = BoundStatement(sql: sql, parameters: parameters)
        let trace = WireTrace(showsValues: showValues) { log.add($0) }
        var failure: CommandFailure?
        do {
            try await server.withConnection(name: "orchestrator trace", trace: trace) { connection, place in
                do {
                    for try await _ in try await connection.query(statement.query) {
                        try Task.checkCancellation()
                    }
                } catch let error as PostgresError {
                    throw CommandFailure(
                        statement: error, sql: statement.sql, server: place, marksPlace: console.isText)
                }
            }
        } catch let error as CommandFailure {
            failure = error
        }
        if !log.isEmpty {
            console.result(log.text(console))
            console.document(log.json)
        }
        if let failure { throw failure }
    }
}
#endif

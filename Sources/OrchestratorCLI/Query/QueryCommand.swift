#if CLI
import ArgumentParser
import PostgresWire

/// `orchestrator query`.
struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Run a statement and show its rows.",
        discussion: """
            Values of --param are bound to $1, $2, … as text whose type the server decides; for NULL write NULL in the \
            SQL. Cells are what the server would print: with --wire binary they travel in binary form and this \
            program's own codecs write the text, with --wire text the server writes it. Types that the codecs do not \
            know in binary form, and reg… types, are asked for as text. In JSON NULL is null and every other cell a \
            string; in CSV NULL is nothing and the empty text "".

            Rows are written as they arrive. A table needs all of its rows to be laid out and shows at most \
            \(TableSink.maximumRows) of them; csv and json have no limit. A document of json that an error cuts short \
            is not closed. Interrupting the command stops the statement on the server.

            Exit codes: 0 done, 1 the server reports an error in the statement, 2 wrong usage, 3 no server, \
            4 interrupted.
            """)

    @Argument(help: "One statement.")
    var sql: String

    @Option(
        name: .customLong("param"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("The value of the next parameter; may be repeated.", valueName: "value"))
    var parameters: [String] = []

    @Option(help: "How values travel: binary or text.")
    var wire: WireForm = .binary

    @OptionGroup var server: ServerOptions

    @Option(help: "How rows are written: table, csv or json.")
    var format: QueryFormat = .table

    @Flag(name: .shortAndLong, help: "Write rows and errors only.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Write details of what is done and of errors.")
    var verbose = false

    func validate() throws { try StatementText.check(sql) }

    func run() async throws {
        let console = Console.shared
        console.configure(format: .text, isQuiet: quiet, isVerbose: verbose)
        let statement = BoundStatement(sql: sql, parameters: parameters)
        let (wire, format) = (wire, format)
        try await server.withConnection(name: "orchestrator query") { connection, place in
            do {
                switch format {
                case .table:
                    try await statement.run(on: connection, wire, into: TableSink(console))
                case .csv: try await statement.run(on: connection, wire, into: CSVSink(console.output))
                case .json: try await statement.run(on: connection, wire, into: JSONSink(console.output))
                }
            } catch let error as PostgresError {
                throw CommandFailure(
                    statement: error, sql: statement.sql, server: place, marksPlace: format == .table)
            }
        }
    }
}
#endif

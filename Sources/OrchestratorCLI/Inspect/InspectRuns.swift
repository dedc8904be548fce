#if CLI
import ArgumentParser
import FoundationEssentials
import JSONModel
import PostgresWire

/// `orchestrator inspect runs`.
struct InspectRuns: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "runs", abstract: "List the newest runs.")

    @Option(help: "How many, 1 to 1,000.")
    var limit = 20

    @Option(help: "Only runs with this status.")
    var status: String?

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1_000).contains(limit) else { throw ValidationError("--limit must be 1 to 1000.") }
    }

    func run() async throws {
        let console = output.console()
        let (limit, status) = (limit, status)
        try await server.withClient { client in
            try await SchemaGuard.require(client)
            let runs = try await RunSummary.load(limit: limit, status: status, from: client)
            console.result(runs.isEmpty ? "There are no runs." : RunSummary.table(runs))
            console.document(["runs": .array(runs.map(\.json))])
        }
    }
}
#endif

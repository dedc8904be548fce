#if CLI
import ArgumentParser
import OrchestratorMigrations
import PostgresMigrator

/// `orchestrator migrate apply`.
struct MigrateApply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Run everything that is pending, one transaction a migration.")

    @OptionGroup var options: SchemaOptions
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        let options = options
        try await server.withClient { client in
            let report = try await options.schema(client).apply { $0.tell(console) }
            console.result(report.text)
            console.document(report.json)
        }
    }
}
#endif

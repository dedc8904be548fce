#if CLI
import ArgumentParser
import OrchestratorMigrations
import PostgresMigrator

/// `orchestrator migrate adopt`.
struct MigrateAdopt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Take over a database that the original program migrated, then apply what is missing.")

    @OptionGroup var options: SchemaOptions
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        let options = options
        try await server.withClient { client in
            let report = try await options.schema(client).adopt { $0.tell(console) }
            console.result("Adopted. \(report.text)")
            console.document(report.json)
        }
    }
}
#endif

#if CLI
import ArgumentParser
import OrchestratorMigrations
import PostgresMigrator

/// `orchestrator migrate plan`.
struct MigratePlan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what apply would do; changes nothing.")

    @OptionGroup var options: SchemaOptions
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        let options = options
        try await server.withClient { client in
            let plan = try await options.schema(client).plan()
            console.result(PlanReport.text(plan))
            console.document(PlanReport.json(plan))
        }
    }
}
#endif

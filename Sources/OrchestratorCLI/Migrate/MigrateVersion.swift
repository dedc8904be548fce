#if CLI
import ArgumentParser
import JSONModel
import OrchestratorMigrations
import PostgresMigrator

/// `orchestrator migrate version`.
struct MigrateVersion: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Show the versions of the database and of this program.")

    @OptionGroup var options: SchemaOptions
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        let options = options
        try await server.withClient { client in
            let schema = try options.schema(client)
            let ledger = try await schema.migrator.recorded()
            let database = ledger.map(\.version).max()
            let program = OrchestratorSchema.migrations.map(\.version).max() ?? 0
            let dimensions = try await schema.recordedEmbeddingDimensions()
            console.result(
                """
                database   \(database.map(String.init) ?? "not migrated")
                program    \(program)
                dimensions \(dimensions.map(String.init) ?? "–")
                """)
            console.document([
                "database_version": database.map { .number($0) } ?? .null,
                "program_version": .number(program),
                "embedding_dimensions": dimensions.map { .number($0) } ?? .null,
            ])
        }
    }
}
#endif

#if CLI
import ArgumentParser
import JSONModel
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts

/// `orchestrator inspect storage`.
struct InspectStorage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storage",
        abstract: "Show how many runs are in which tier, and how big tables and indexes are.")

    @Option(help: "The schema that holds the tables.")
    var schema = "public"

    @Option(help: "Count the archives of this folder too.")
    var folder: String?

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        let (schema, folder) = (schema, folder)
        try await server.withClient(name: "orchestrator inspect") { client in
            try await SchemaGuard.require(client, schema: schema)
            let archive = folder.map { ColdArchive(folder: $0) }
            let service = PostgresRetentionService(
                client, archive: archive, storage: PostgresStorageOptions(schema: schema))
            let report = StorageReport(
                tiers: try await service.getStorageStats(),
                archives: archive == nil ? nil : try await service.listArchives(),
                tables: try await StoredTable.load(schema, from: client),
                indexes: try await StoredIndex.load(schema, from: client))
            console.result(report.text)
            console.document(report.json)
        }
    }
}
#endif

#if CLI
import ArgumentParser
import FoundationEssentials
import JSONModel
import Orchestrator
import OrchestratorPostgres
import StoreContracts

/// `orchestrator archive restore`.
struct ArchiveRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring runs of an archive back into the tables, in one transaction.",
        discussion: """
            The archive is checked whole first, and stays. Runs that are in the tables are left as they are, so a \
            restoration may be repeated.
            """)

    @Argument(help: "The name of the archive, as orchestrator archive list shows it.")
    var name: String

    @Option(name: .customLong("run"), help: "Bring back this run only; may be repeated.")
    var runs: [String] = []

    @OptionGroup var folder: ArchiveFolder

    @Option(help: "The schema that holds the tables.")
    var schema = "public"

    /// Where to die, as `restored`.
    @Option(help: .hidden) var kill: String?

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        for text in runs where UUID(text: text) == nil { throw ValidationError("\(text) is no id of a run.") }
    }

    func run() async throws {
        let console = output.console()
        let (name, folder, schema, kill) = (name, folder, schema, kill.map(ArchiveKill.init))
        let wanted = runs.isEmpty ? nil : Set(runs.compactMap { UUID(text: $0) })
        let archive = try folder.existing()
        try await server.withClient(name: "orchestrator archive") { client in
            try await SchemaGuard.require(client, schema: schema)
            let bar = ProgressBar("restoring", total: 0, unit: "bytes", on: console)
            var service = PostgresRetentionService(
                client, archive: archive, storage: PostgresStorageOptions(schema: schema))
            service.reach = { kill?.pass($0.rawValue) }
            service.part = { bar.update($0, total: $1) }
            defer { bar.abandon() }
            do {
                let report = try await service.restoreArchive(name: name, runIDs: wanted)
                bar.abandon()
                try Self.show(name, report, wanted: wanted?.count, console)
            } catch let error as StoreError {
                throw folder.explained(error)
            }
        }
    }

    private static func show(
        _ name: String, _ report: RestoreReport, wanted: Int?, _ console: Console
    ) throws {
        let missing = max(0, (wanted ?? 0) - report.restored - report.alreadyPresent)
        var text = "Brought back \(Text.count(report.restored, "run"))"
        if report.alreadyPresent > 0 {
            text += "; \(Text.count(report.alreadyPresent, "run was", "runs were")) in the tables already"
        }
        console.result(text + ".")
        console.document([
            "archive": .string(name), "restored": .number(report.restored),
            "already_present": .number(report.alreadyPresent), "not_found": .number(missing),
        ])
        guard missing == 0 else {
            throw CommandFailure(
                .checkFailed, "\(Text.count(missing, "named run is", "named runs are")) not in the archive",
                remedy: "Look in the other archives of the tenant")
        }
    }
}
#endif

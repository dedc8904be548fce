#if CLI
import ArgumentParser
import JSONModel
import Orchestrator
import OrchestratorPostgres
import StoreContracts

/// `orchestrator archive export`.
struct ArchiveExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Archive finished runs, and move those that were archived long ago to the folder.",
        discussion: """
            A run leaves the tables in the transaction in which its archive was written, read back and made durable. \
            An export that is interrupted, by whatever, loses nothing: run it again.
            """)

    @OptionGroup var folder: ArchiveFolder

    @Option(help: "How long a finished run stays as it is, as 90s, 15m, 24h or 30d.")
    var hot: Period = .day

    @Option(help: "How long an archived run stays in the tables.")
    var warm: Period = .month

    @Option(help: "How many runs one transaction moves, 1 to 100,000.")
    var batch = 1_000

    @Option(help: "The schema that holds the tables.")
    var schema = "public"

    /// Where to die, as `written:2`.
    @Option(help: .hidden) var kill: String?

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(batch) else { throw ValidationError("--batch must be 1 to 100000.") }
    }

    func run() async throws {
        let console = output.console()
        let (folder, schema, kill) = (folder, schema, kill.map(ArchiveKill.init))
        let options = RetentionOptions(
            hotPeriod: hot.duration, warmPeriod: warm.duration, batchSize: batch)
        try await server.withClient(name: "orchestrator archive") { client in
            try await SchemaGuard.require(client, schema: schema)
            var service = PostgresRetentionService(
                client, archive: folder.archive, options: options,
                storage: PostgresStorageOptions(schema: schema))
            service.reach = { kill?.pass($0.rawValue) }
            let began = ContinuousClock.now
            do {
                let archived = try await Self.archive(service, kill, console)
                let exported = try await Self.move(service, kill, console)
                Self.show(folder.path, archived, exported, began.duration(to: .now), console)
            } catch let error as StoreError {
                throw folder.explained(error)
            }
        }
    }

    private static func archive(
        _ service: PostgresRetentionService, _ kill: ArchiveKill?, _ console: Console
    ) async throws -> Int {
        let due = try await service.countDue().toArchive
        let bar = ProgressBar("archiving", total: due, unit: "runs", on: console)
        var service = service
        service.moved = {
            bar.update($0)
            kill?.pass("archived")
        }
        defer { bar.abandon() }
        return try await service.archiveCompletedWorkflows()
    }

    private static func move(
        _ service: PostgresRetentionService, _ kill: ArchiveKill?, _ console: Console
    ) async throws -> Int {
        let due = try await service.countDue().toMove
        let bar = ProgressBar("exporting", total: due, unit: "runs", on: console)
        var service = service
        service.moved = {
            bar.update($0)
            kill?.pass("moved")
        }
        defer { bar.abandon() }
        return try await service.deleteWarmData()
    }

    private static func show(
        _ path: String, _ archived: Int, _ exported: Int, _ time: Duration, _ console: Console
    ) {
        console.result(
            """
            Archived \(Text.count(archived, "run")), and moved \(Text.count(exported, "run")) to \(path) \
            in \(Text.seconds(time)).
            """)
        console.document([
            "folder": .string(path), "archived": .number(archived), "exported": .number(exported),
            "seconds": .number(time / .seconds(1)),
        ])
    }
}
#endif

#if CLI
import ArgumentParser
import EmbeddedPostgres
import PostgresWire

/// `orchestrator demo`: the main job on real input.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "Run durable workflows on a real PostgreSQL, kill a worker, and verify that nothing was lost.",
        discussion: """
            Works in a database of its own, orchestrator_demo_…, which is dropped at the end. Without --url, \
            DATABASE_URL or PG variables it starts a PostgreSQL with pgvector of its own.
            """)

    @Option(help: "How many research runs to execute, 1 to 10,000.")
    var runs = 24

    @Option(help: "How many worker processes to start, 1 to 64.")
    var workers = 3

    @Flag(help: "Kill no worker.")
    var noKill = false

    @Flag(help: "Keep the database, to look at every run afterwards.")
    var keep = false

    @Option(help: ArgumentHelp("The folder with the demo's data.", valueName: "folder"))
    var data: String?

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(runs) else { throw ValidationError("--runs must be 1 to 10000.") }
        guard (1...64).contains(workers) else { throw ValidationError("--workers must be 1 to 64.") }
        guard noKill || workers > 1 else {
            throw ValidationError("A killed worker needs another one: use --workers 2 or more, or --no-kill.")
        }
    }

    func run() async throws {
        let console = output.console()
        let folder = try DataFolder.find(named: data)
        let read: DemoData
        do {
            read = try DemoData(folder: folder)
        } catch {
            throw error.failure(in: folder)
        }
        let settings = DemoSettings(
            runs: runs, workers: workers, kills: !noKill, keeps: keep)
        let choice = try await chooseServer(console)
        let database = try await DemoDatabase.create(on: choice, keeps: keep, console: console)
        console.note("created database \(database.name) on \(choice.description)")
        let demo = Demo(settings: settings, database: database, data: read, console: console)
        let result: (report: DemoReport, kill: DemoKill?)
        do {
            result = try await demo.run()
        } catch {
            try? await finish(database, console)
            throw CommandFailure(any: error, server: choice.description)
        }
        try await finish(database, console)
        console.result(result.report.text(console, kill: result.kill, isKept: keep))
        console.document(result.report.json)
        guard result.report.isGood else { throw failure(result.report) }
    }

    private func chooseServer(_ console: Console) async throws -> ServerChoice {
        if let choice = try server.choice() { return choice }
        let started = try await EmbeddedPostgresServer.start(
            EmbeddedPostgresOptions { step in console.note("\(step) …") })
        console.note("using the embedded PostgreSQL \(started.version) on port \(started.port)")
        return try ServerChoice(started.url, origin: .embedded, environment: Environment([:]))
    }

    /// Drops the database unless it is to be kept.
    private func finish(_ database: DemoDatabase, _ console: Console) async throws {
        if keep {
            console.note("kept database \(database.name)")
        } else {
            try await database.drop()
            console.detail("dropped database \(database.name)")
        }
    }

    private func failure(_ report: DemoReport) -> CommandFailure {
        let bad = report.checks.filter { !$0.isOK }.map(\.id).joined(separator: ", ")
        return CommandFailure(
            .checkFailed, "The demo found \(Text.count(report.violations, "violation")); not good: \(bad)",
            remedy: "Run it again with --keep, and look at the runs with orchestrator inspect")
    }
}
#endif

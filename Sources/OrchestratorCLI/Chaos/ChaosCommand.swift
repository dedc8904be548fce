#if CLI
import ArgumentParser
import EmbeddedPostgres
import PostgresWire

/// `orchestrator chaos`: proves on a server of your own that killed workers lose nothing.
struct ChaosCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chaos",
        abstract:
            "Kill workers in the middle of their runs and verify by SQL that nothing was lost or doubled.",
        discussion: """
            Works in a database of its own, orchestrator_chaos_…, which is dropped at the end. Without --url, \
            DATABASE_URL or PG variables it starts a PostgreSQL of its own.

            Modes: points (at named points), random (at any time), syscalls (at every send and receive; needs strace), \
            pause (stopped for longer than their leases), commit (answers to commits are cut off), clock (their clocks \
            are wrong; needs faketime), server (their sessions are ended; without a server that you name, chaos starts one of its own and \
            kills it too).
            """)

    @Option(help: "How many kills, pauses or cuts to plan, 1 to 100,000.")
    var points = 200

    @Option(help: "What the numbers are drawn from; the same seed plans the same kills.")
    var seed: UInt64 = 1

    @Option(help: "How many runs to execute at least, 1 to 100,000.")
    var runs = 50

    @Option(help: "What is done to the workers.")
    var mode: ChaosMode = .points

    @Flag(help: "Keep the database, to look at every run afterwards.")
    var keep = false

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(points) else { throw ValidationError("--points must be 1 to 100000.") }
        guard (1...100_000).contains(runs) else { throw ValidationError("--runs must be 1 to 100000.") }
    }

    func run() async throws {
        let console = output.console()
        let launcher = try Launcher.find(for: mode)
        let (choice, victim) = try await chooseServer(console)
        do {
            try await run(on: choice, victim, launcher, console)
        } catch {
            await victim?.destroy()
            throw error
        }
        await victim?.destroy()
    }

    private func run(
        on choice: ServerChoice, _ victim: ChaosServer?, _ launcher: Launcher, _ console: Console
    ) async throws {
        let settings = ChaosSettings(mode: mode, points: points, runs: runs, seed: seed)
        let database = try await DemoDatabase.create(
            on: choice, purpose: "chaos", needsVector: false, keeps: keep, console: console)
        console.note("created database \(database.name) on \(choice.description)")
        let chaos = Chaos(
            settings: settings, database: database, launcher: launcher, victim: victim, console: console)
        let report: ChaosReport
        do {
            report = try await chaos.run()
        } catch {
            try? await finish(database, console)
            throw CommandFailure(any: error, server: choice.description)
        }
        try await finish(database, console)
        console.result(report.text(console))
        console.document(report.json)
        guard report.violations == 0 else {
            throw CommandFailure(
                .checkFailed, "Chaos found \(Text.count(report.violations, "violation"))",
                remedy:
                    "Run it again with the same --seed and --keep, and look at the runs with orchestrator inspect"
            )
        }
    }

    private func chooseServer(_ console: Console) async throws -> (ServerChoice, ChaosServer?) {
        if let choice = try server.choice() {
            guard
                mode != .server || ["127.0.0.1", "localhost", "::1"].contains(choice.configuration.host)
                    || choice.configuration.isUnixSocket
            else {
                throw CommandFailure(
                    .configuration, "The mode server ends sessions, and the server is not on this machine",
                    remedy: "Name one that is, or none, and chaos starts its own")
            }
            return (choice, nil)
        }
        if mode == .server, !keep {
            let victim = try await ChaosServer.start(console)
            console.note(
                "using a PostgreSQL \(victim.server.version) of its own on port \(victim.server.port)")
            return (
                try ServerChoice(victim.server.url, origin: .embedded, environment: Environment([:])), victim
            )
        }
        let started = try await EmbeddedPostgresServer.start(
            EmbeddedPostgresOptions { step in console.note("\(step) …") })
        console.note("using the embedded PostgreSQL \(started.version) on port \(started.port)")
        return (try ServerChoice(started.url, origin: .embedded, environment: Environment([:])), nil)
    }

    private func finish(_ database: DemoDatabase, _ console: Console) async throws {
        if keep {
            console.note("kept database \(database.name)")
        } else {
            try await database.drop()
        }
    }
}
#endif

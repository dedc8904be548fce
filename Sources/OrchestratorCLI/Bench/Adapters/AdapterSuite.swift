#if CLI
import EmbeddedPostgres
import FoundationEssentials
import PostgresWire

/// `bench --suite adapters`.
struct AdapterSuite: Sendable {
    var rounds: Int
    var scale: Double
    var console: Console

    /// Measures in a database of its own.
    func run(only names: [String], on server: ServerOptions) async throws -> BenchReport {
        let (choice, programs) = try await chooseServer(server)
        let database = try await DemoDatabase.create(
            on: choice, purpose: "bench", needsVector: false, keeps: false, console: console)
        do {
            let report = try await measure(names, in: database, programs)
            try await database.drop()
            return report
        } catch {
            try? await database.drop()
            throw CommandFailure(any: error, server: choice.description)
        }
    }

    /// The server, and the folder of its programs if it is ours.
    private func chooseServer(_ server: ServerOptions) async throws -> (ServerChoice, programs: String?) {
        if let choice = try server.choice() { return (choice, nil) }
        let started = try await EmbeddedPostgresServer.start(
            EmbeddedPostgresOptions { [console] step in console.note("\(step) …") })
        console.note("using the embedded PostgreSQL \(started.version) on port \(started.port)")
        let choice = try ServerChoice(started.url, origin: .embedded, environment: Environment([:]))
        return (choice, started.programFolder)
    }

    private func measure(
        _ names: [String], in database: DemoDatabase, _ programs: String?
    ) async throws -> BenchReport {
        let world = try await AdapterWorld.make(database.configuration, console)
        let folder = FileManager.default.temporaryDirectory.path + "/" + database.name
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let workloads = try BenchSuite.chosen(
                names, among: AdapterWorkloads.all(in: world, scale: scale), name: \.name)
            let pgbench = PgbenchDriver(
                path: PgbenchDriver.find(in: programs), configuration: database.configuration, folder: folder)
            let results = try await BenchRounds(
                workloads: workloads, drivers: [AdapterDriver(), pgbench], reference: pgbench.name,
                rounds: rounds, console: console
            ).run()
            let report = BenchReport(
                suite: "adapters", machine: BenchMachine.description, server: try await world.server(),
                results: results)
            await world.client.shutdown()
            try? FileManager.default.removeItem(atPath: folder)
            return report
        } catch {
            await world.client.shutdown()
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }
}
#endif

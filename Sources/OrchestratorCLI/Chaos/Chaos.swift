#if CLI
import FoundationEssentials
import Orchestrator
import OrchestratorMigrations
import OrchestratorPostgres
import PostgresMigrator
import PostgresWire
import StoreContracts

/// Chaos in a database of its own: migrate, enqueue, do harm to the workers, verify.
struct Chaos: Sendable {
    let settings: ChaosSettings
    let database: DemoDatabase
    let launcher: Launcher
    /// The server, if it is chaos' own and may be killed.
    let victim: ChaosServer?
    let console: Console

    /// Does it all and says what came of it.
    func run() async throws -> ChaosReport {
        let began = ContinuousClock.now
        var configuration = PostgresClientConfiguration(database.configuration)
        configuration.maximumConnections = 4
        let client = PostgresClient(configuration)
        do {
            _ = try await OrchestratorSchema(
                client, options: OrchestratorSchemaOptions(includesMemory: false)
            ).apply()
            try await client.execute(PostgresQuery(ChaosEffects.table))
            try await ChaosLog.keep(client)
            try await PostgresPersistenceProvider(client).saveGraph(ChaosGraph.graph)
            var driver = ChaosDriver(
                client: client, settings: settings, database: database, launcher: launcher, victim: victim,
                console: console)
            let kills: [ChaosKill]
            do {
                kills = try await driver.run()
                driver.endAll()
            } catch {
                driver.endAll()
                throw error
            }
            console.note("verifying …")
            let compacted = try await ChaosLog.restore(client)
            console.note("\(Text.count(compacted, "event")) had been compacted")
            let oracle = ChaosOracle(client: client, runs: driver.runs)
            let verdicts = try await oracle.verdicts()
            let takeovers = try await oracle.takeovers(after: kills)
            await client.shutdown()
            return ChaosReport(
                settings: settings, kills: kills, verdicts: verdicts, takeovers: takeovers,
                seconds: began.duration(to: .now) / .seconds(1))
        } catch {
            await client.shutdown()
            throw error
        }
    }
}
#endif

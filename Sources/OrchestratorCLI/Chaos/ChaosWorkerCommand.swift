#if CLI
import ArgumentParser
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts

/// `orchestrator chaos-worker`: the worker process that chaos kills.
struct ChaosWorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chaos-worker", abstract: "A worker that chaos kills.", shouldDisplay: false)

    @Option var id: String
    @Option var database: String
    /// Where to die, as `step_commit_before:3`.
    @Option var kill: String?
    /// Of how many commits the answer to one is cut off.
    @Option var losesEvery: Int?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        Tether.start()
        let options = workerOptions
        let killSwitch = KillSwitch(kill.flatMap(KillPlan.init(text:)))
        let losesEvery = losesEvery
        try await server.withClient(
            connections: ChaosSettings.concurrency * 6 + 2, name: id, database: database
        ) { client in
            let backend = KillingBackend(
                inner: PostgresBackend(
                    client,
                    options: QueueOptions(
                        retryBackoff: RetryBackoff(base: .milliseconds(50), limit: .milliseconds(500)))),
                killSwitch: killSwitch, losesEvery: losesEvery)
            let worker = WorkflowWorker(
                backend: backend,
                handlers: ChaosHandlers(client: client, killSwitch: killSwitch).registry, options: options)
            let events = Task { for await event in worker.events { Self.tell(event, console) } }
            Signals.onOrderlyEnd { Task { await worker.stop() } }
            await worker.run()
            await events.value
        }
    }

    private var workerOptions: WorkerOptions {
        var options = WorkerOptions(workerID: id)
        options.concurrency = ChaosSettings.concurrency
        options.reclaimInterval = ChaosSettings.reclaimInterval
        options.pollInterval = ChaosSettings.pollInterval
        options.shutdownGracePeriod = .seconds(3)
        options.runner.compactionInterval = ChaosSettings.compactionInterval
        options.runner.retainedCheckpoints = 2
        options.host = Machine.hostName
        options.processID = Machine.processID
        options.version = ProgramVersion.text
        return options
    }

    private static func tell(_ event: WorkerEvent, _ console: Console) {
        let run = event.runID.map { " run \($0.text)" } ?? ""
        switch event.kind {
        case .jobFailed(let reason), .jobDeadLettered(let reason), .queueError(let reason):
            console.detail("\(event.workerID) \(event.name)\(run): \(reason)")
        default: console.detail("\(event.workerID) \(event.name)\(run)")
        }
    }
}
#endif

#if CLI
import ArgumentParser
import FoundationEssentials
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts

/// `orchestrator worker`: a worker process with the handlers that this tool has.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Work on the queue with the demo's handlers until SIGTERM, then drain.",
        discussion: """
            The first SIGTERM or SIGINT lets the present steps finish and hands the runs back; the second one ends \
            the process at once, and others take its runs over when their claims expire.
            """)

    @Option(help: ArgumentHelp("A graph that must be served here; may be repeated.", valueName: "name"))
    var graph: [String] = []

    @Option(help: "How many runs to execute at once, 1 to 64.")
    var concurrency = 2

    @Option(help: "The name to claim under, unique among all workers.")
    var id: String?

    @Option(help: .hidden)
    var connections: Int?

    @Option(help: .hidden)
    var database: String?

    /// Ends the process when standard input ends, and reclaims quickly: for workers of the demo.
    @Flag(help: .hidden)
    var tethered = false

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...64).contains(concurrency) else { throw ValidationError("--concurrency must be 1 to 64.") }
        for name in graph where name != ResearchGraph.name {
            throw ValidationError(
                "This tool has no handlers for the graph \(name); it has them for \(ResearchGraph.name).")
        }
    }

    func run() async throws {
        let console = output.console()
        if tethered { Tether.start() }
        let options = workerOptions
        let count = connections ?? concurrency * 2 + 2
        try await server.withClient(connections: count, name: options.workerID, database: database) {
            client in
            try await SchemaGuard.require(client)
            let backend = PostgresBackend(client)
            let worker = WorkflowWorker(
                backend: backend, handlers: ResearchGraph.handlers(ResearchLibrary(client: client)),
                options: options)
            let events = Task { for await event in worker.events { Self.tell(event, console) } }
            Signals.onOrderlyEnd { Task { await worker.stop() } }
            console.note(
                "worker \(worker.id) serves \(ResearchGraph.name); SIGTERM stops it after its present steps")
            await worker.run()
            await events.value
        }
    }

    private var workerOptions: WorkerOptions {
        var options = WorkerOptions(workerID: id ?? "\(Machine.hostName)-\(Machine.processID)")
        options.concurrency = concurrency
        options.host = Machine.hostName
        options.processID = Machine.processID
        options.version = ProgramVersion.text
        if tethered {
            options.reclaimInterval = DemoSettings.reclaimInterval
            options.pollInterval = DemoSettings.pollInterval
            options.shutdownGracePeriod = .seconds(3)
        }
        return options
    }

    private static func tell(_ event: WorkerEvent, _ console: Console) {
        let run = event.runID.map { " run \($0.text)" } ?? ""
        switch event.kind {
        case .jobFailed(let reason), .jobDeadLettered(let reason), .queueError(let reason):
            console.warn("\(event.workerID) \(event.name)\(run): \(reason)")
        default:
            console.detail("\(event.workerID) \(event.name)\(run)")
        }
    }
}
#endif

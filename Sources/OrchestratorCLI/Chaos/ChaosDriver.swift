#if CLI
import EmbeddedPostgres
import FoundationEssentials
import JSONModel
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts

/// Feeds runs to worker processes, does harm to them, and answers what the runs ask.
struct ChaosDriver {
    let client: PostgresClient
    let settings: ChaosSettings
    let database: DemoDatabase
    let launcher: Launcher
    let victim: ChaosServer?
    let console: Console

    /// The runs that were enqueued, with their sizes.
    var runs: [UUID: Int] = [:]
    var slots: [ChaosSlot] = []
    var kills: [ChaosKill] = []
    /// The kills that are still to come, the next one last.
    var plans: [KillPlan] = []
    var generator: SeededNumbers
    var nextHarm = ContinuousClock.now
    /// How many harms the modes without plans have done.
    var harms = 0
    var sweep = SystemCallSweep()
    private var workerCount = 0

    init(
        client: PostgresClient, settings: ChaosSettings, database: DemoDatabase, launcher: Launcher,
        victim: ChaosServer?, console: Console
    ) {
        self.client = client
        self.settings = settings
        self.database = database
        self.launcher = launcher
        self.victim = victim
        self.console = console
        generator = SeededNumbers(seed: settings.seed)
        if settings.mode == .points {
            plans = KillPlan.all(settings.points, seed: settings.seed).reversed()
        }
    }

    /// Whether there is harm still to be done.
    var hasMoreHarm: Bool {
        switch settings.mode {
        case .points: !plans.isEmpty || slots.contains { $0.plan != nil }
        case .syscalls: !sweep.isOver(limit: settings.points)
        case .random, .pause, .server: harms < settings.points
        case .commit, .clock: false
        }
    }

    /// Runs until all harm is done and every run is settled.
    mutating func run() async throws -> [ChaosKill] {
        let bar = ProgressBar("chaos (\(settings.mode.rawValue))", total: total, unit: unit, on: console)
        defer { bar.abandon() }
        try await enqueue(settings.runs)
        for _ in 0..<ChaosSettings.workers { slots.append(try start()) }
        var last = ChaosProgress()
        var lastMoved = ContinuousClock.now
        while true {
            let progress = try await ChaosProgress.read(client, tolerant: settings.mode == .server) ?? last
            if progress != last { lastMoved = .now }
            last = progress
            try await answer(progress.waiting)
            try await doHarm()
            if hasMoreHarm, progress.open < ChaosSettings.workers * ChaosSettings.concurrency {
                try await enqueue(ChaosSettings.workers * ChaosSettings.concurrency)
            }
            bar.update(done(progress), total: total)
            if !hasMoreHarm, progress.open + progress.paused == 0 { break }
            guard lastMoved.duration(to: .now) < ChaosSettings.patience else {
                throw CommandFailure(
                    .checkFailed, "Nothing has moved for \(Text.seconds(ChaosSettings.patience))",
                    remedy: "Run it again with --verbose --keep and look with orchestrator inspect queue")
            }
            try await Task.sleep(for: .milliseconds(30))
        }
        bar.finish()
        return kills
    }

    private var total: Int {
        switch settings.mode {
        case .points, .random, .pause, .server: settings.points
        case .syscalls: settings.points
        case .commit, .clock: max(runs.count, settings.runs)
        }
    }

    private var unit: String {
        switch settings.mode {
        case .points, .random, .syscalls: "kills"
        case .pause: "pauses"
        case .server: "harms"
        case .commit, .clock: "runs"
        }
    }

    private func done(_ progress: ChaosProgress) -> Int {
        switch settings.mode {
        case .points, .syscalls: kills.count
        case .random, .pause, .server: harms
        case .commit, .clock: progress.settled / 2
        }
    }

    /// Starts a worker with the next plan.
    mutating func start() throws -> ChaosSlot {
        workerCount += 1
        let id = "chaos-\(workerCount)"
        var arguments = ["chaos-worker", "--id", id, "--database", database.name]
        if console.isVerbose { arguments.append("--verbose") }
        let plan = plans.popLast()
        if let plan { arguments += ["--kill", plan.text] }
        if settings.mode == .commit { arguments += ["--loses-every", "3"] }
        var slot = ChaosSlot(
            worker: try WorkerProcess(
                id: id, arguments: arguments, environment: database.server.environment(from: .current),
                launcher: sweep.next(launcher, number: workerCount, limit: settings.points), isVerbose: false),
            plan: plan)
        slot.label = sweep.label
        return slot
    }

    /// Ends every worker at once.
    func endAll() {
        for slot in slots { slot.worker.end() }
    }

    private mutating func enqueue(_ count: Int) async throws {
        var requests: [EnqueueRequest] = []
        for _ in 0..<count {
            let number = runs.count
            let id = TimeOrderedIDs().next()
            let memory = ChaosGraph.memory(number: number)
            runs[id] = memory["size"]?.intValue ?? 1
            requests.append(
                EnqueueRequest(
                    runID: id, graphID: ChaosGraph.id,
                    initialState: ["goal": "survive", "memory": .object(memory)],
                    maxAttempts: ChaosSettings.maxAttempts,
                    visibilityTimeout: ChaosSettings.visibilityTimeout))
        }
        let queue = PostgresWorkflowQueue(client)
        let wanted = requests
        try await persist { _ = try await queue.enqueue(wanted) }
    }

    /// Approves what waits; every answer is sent twice, and counts once.
    private func answer(_ waiting: [UUID]) async throws {
        let queue = PostgresWorkflowQueue(client)
        for run in waiting {
            let response = HumanResponse(.approved, responseKey: "answer")
            for _ in 0..<2 {
                let request = ResumeRequest(
                    runID: run, response: response, maxAttempts: ChaosSettings.maxAttempts,
                    visibilityTimeout: ChaosSettings.visibilityTimeout)
                try await persist {
                    do {
                        _ = try await queue.enqueueResume(request)
                    } catch let error as StoreError {
                        // The run has gone on already.
                        guard case .invalidTransition = error.code else { throw error }
                    }
                }
            }
        }
    }

    /// Calls until it works: the driver's own session may be one of those that are ended.
    private func persist(_ body: () async throws -> Void) async throws {
        for _ in 0..<100 {
            do {
                return try await body()
            } catch let error as StoreError where error.isTransient && settings.mode == .server {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        try await body()
    }
}
#endif

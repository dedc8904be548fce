#if CLI
import EmbeddedPostgres
import FoundationEssentials
import PostgresWire

/// The worker processes of a demo, until every run is settled.
struct DemoFleet: Sendable {
    let client: PostgresClient
    let settings: DemoSettings
    let workers: [WorkerProcess]
    let expectedSteps: Int
    let console: Console

    private static let pollInterval = Duration.milliseconds(40)
    /// The same as long as a worker is to be killed, which must not be missed.
    private static let watchfulInterval = Duration.milliseconds(10)
    /// How often a worker in the middle of a map is looked for, before any that holds a run will do.
    private static let choosiness = 5

    /// Starts the processes.
    init(
        _ client: PostgresClient, settings: DemoSettings, database: DemoDatabase, expectedSteps: Int,
        console: Console
    ) throws {
        self.client = client
        self.settings = settings
        self.expectedSteps = expectedSteps
        self.console = console
        workers = try (1...settings.workers).map { number in
            let id = "worker-\(number)"
            var arguments = [
                "worker", "--id", id, "--database", database.name, "--graph", ResearchGraph.name,
                "--tethered",
                "--concurrency", String(DemoSettings.concurrency), "--connections",
                String(database.connections(perWorker: settings.workers)),
            ]
            if console.isVerbose { arguments.append("--verbose") }
            return try WorkerProcess(
                id: id, arguments: arguments, environment: database.server.environment(from: .current),
                isVerbose: console.isVerbose)
        }
    }

    /// Waits until every job is settled, and kills a worker on the way.
    ///
    /// - Returns: the kill, if one was wanted and came about.
    /// - Throws: `CommandFailure` if the workers die or nothing moves any more.
    func run() async throws -> DemoKill? {
        let bar = ProgressBar("running", total: expectedSteps, unit: "steps", on: console)
        defer { bar.abandon() }
        var kill: DemoKill?
        var last: DemoProgress?
        var lastMoved = ContinuousClock.now
        var attempts = 0
        while true {
            let progress = try await DemoProgress.read(client)
            bar.update(progress.steps)
            if progress.settledJobs >= settings.runs { break }
            if progress != last { lastMoved = .now }
            last = progress
            try check(since: lastMoved, kill)
            if settings.kills, kill == nil, progress.steps * 3 >= expectedSteps {
                attempts += 1
                // Once half is done there may be no other chance.
                let isChoosy = attempts <= Self.choosiness && progress.steps * 2 < expectedSteps
                kill = try await killOne(amidItems: isChoosy)
                if kill != nil { lastMoved = .now }
            } else {
                let isWatchful = settings.kills && kill == nil
                try await Task.sleep(for: isWatchful ? Self.watchfulInterval : Self.pollInterval)
            }
        }
        bar.finish()
        return kill
    }

    /// Lets the workers finish and end, at most for five seconds each.
    func drain() async {
        for worker in workers { worker.drain() }
        let deadline = ContinuousClock.now.advanced(by: .seconds(5))
        while workers.contains(where: \.isRunning), ContinuousClock.now < deadline {
            do { try await Task.sleep(for: .milliseconds(10)) } catch { break }
        }
        end()
    }

    /// Ends whatever still runs.
    func end() {
        for worker in workers { worker.end() }
    }

    private static func text(_ ending: ChildResult.Ending) -> String {
        switch ending {
        case .exited(let code): "with exit code \(code)"
        case .signalled(let signal): "by signal \(signal)"
        }
    }

    private func killOne(amidItems: Bool) async throws -> DemoKill? {
        let running = workers.filter(\.isRunning)
        let kill = try await DemoKill.attempt(among: running, amidItems: amidItems, client: client)
        if let kill {
            console.note("killed \(kill.worker) (process \(kill.processID)) with SIGKILL while it held a run")
        }
        return kill
    }

    private func check(since lastMoved: ContinuousClock.Instant, _ kill: DemoKill?) throws {
        for worker in workers where worker.id != kill?.worker {
            guard let ending = worker.ending else { continue }
            let words = worker.lastWords.split(separator: "\n").last.map { ": \($0)" } ?? ""
            throw CommandFailure(
                .checkFailed, "\(worker.id) ended before the work was done, \(Self.text(ending))\(words)",
                remedy: "Run the demo again with --verbose to see what the workers write",
                details: worker.lastWords)
        }
        if lastMoved.duration(to: .now) > DemoSettings.patience {
            throw CommandFailure(
                .checkFailed, "Nothing has moved for \(Text.seconds(DemoSettings.patience))",
                remedy: "Run the demo again with --verbose --keep and look with orchestrator inspect queue")
        }
    }
}
#endif

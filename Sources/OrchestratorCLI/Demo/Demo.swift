#if CLI
import FoundationEssentials
import JSONModel
import Orchestrator
import OrchestratorMigrations
import OrchestratorPostgres
import PostgresMigrator
import PostgresWire
import StoreContracts

/// The demo in a database of its own: migrate, load, enqueue, let workers work, kill one, verify.
struct Demo: Sendable {
    let settings: DemoSettings
    let database: DemoDatabase
    let data: DemoData
    let console: Console
    private let began = ContinuousClock.now

    /// Runs the demo and says what came of it.
    func run() async throws -> (report: DemoReport, kill: DemoKill?) {
        var configuration = PostgresClientConfiguration(database.configuration)
        configuration.maximumConnections = 4
        let client = PostgresClient(configuration)
        do {
            try await migrate(client)
            try await DemoLoader(client: client, data: data, console: console).load()
            let runs = try await enqueue(client)
            let result = try await work(client, runs: runs)
            await client.shutdown()
            return result
        } catch {
            await client.shutdown()
            throw error
        }
    }

    private func migrate(_ client: PostgresClient) async throws {
        let schema = try OrchestratorSchema(
            client, options: OrchestratorSchemaOptions(embeddingDimensions: DemoData.dimensions))
        let began = ContinuousClock.now
        let report = try await schema.apply()
        for (version, reason) in report.refused.sorted(by: { $0.key < $1.key }) {
            console.detail("migration \(version) was refused: \(reason)")
        }
        console.note(
            "migrated: \(Text.count(report.applied.count, "step")) in \(Text.seconds(began.duration(to: .now)))"
        )
    }

    /// Stores the graph and puts one job for each run into the queue; returns the runs with their questions.
    private func enqueue(_ client: PostgresClient) async throws -> [(id: UUID, question: DemoQuestion)] {
        try await PostgresPersistenceProvider(client).saveGraph(ResearchGraph.graph)
        let ids = TimeOrderedIDs()
        var runs: [(id: UUID, question: DemoQuestion)] = []
        var requests: [EnqueueRequest] = []
        for index in 0..<settings.runs {
            let place = index % data.questions.count
            let question = data.questions[place]
            let id = ids.next()
            let memory = ResearchGraph.memory(
                questionID: DemoLoader.questionID(place), question: question.text)
            runs.append((id: id, question: question))
            requests.append(
                EnqueueRequest(
                    runID: id, graphID: ResearchGraph.id,
                    initialState: ["goal": .string(question.text), "memory": .object(memory)],
                    maxAttempts: DemoSettings.maxAttempts, visibilityTimeout: DemoSettings.visibilityTimeout))
        }
        _ = try await PostgresWorkflowQueue(client).enqueue(requests)
        console.note("enqueued \(Text.count(runs.count, "research run"))")
        return runs
    }

    private func work(
        _ client: PostgresClient, runs: [(id: UUID, question: DemoQuestion)]
    ) async throws -> (report: DemoReport, kill: DemoKill?) {
        let expected = runs.reduce(0) {
            $0 + ResearchGraph.stepCount(bestSimilarity: $1.question.bestSimilarity)
        }
        console.note("starting \(Text.count(settings.workers, "worker process", "worker processes"))")
        let workBegan = ContinuousClock.now
        let fleet = try DemoFleet(
            client, settings: settings, database: database, expectedSteps: expected, console: console)
        defer { fleet.end() }
        let kill = try await fleet.run()
        let worked = workBegan.duration(to: .now)
        await fleet.drain()
        let report = try await verify(client, runs: runs, kill: kill, worked: worked)
        return (report, kill)
    }

    private func verify(
        _ client: PostgresClient, runs: [(id: UUID, question: DemoQuestion)], kill: DemoKill?,
        worked: Duration
    ) async throws -> DemoReport {
        let ids = runs.map(\.id)
        var checks = try await RunChecks(client: client, runs: ids).all()
        let exact = Dictionary(uniqueKeysWithValues: runs.map { ($0.id, $0.question.exact) })
        let recall = RecallCheck(client: client, exact: exact)
        let mean = try await recall.mean()
        checks.append(recall.check(mean))
        var timeline: RunTimeline?
        if settings.kills {
            let history =
                if let kill { try await RunHistory.load(kill.run, from: client) } else { RunHistory?.none }
            checks.append(handover(kill, history))
            if let kill, let history { timeline = RunTimeline(history, extra: [kill.entry]) }
        }
        let progress = try await DemoProgress.read(client)
        let completed = try await client.one(
            "SELECT count(*) FROM workflow_runs WHERE status = 'completed'", as: Int.self)
        let version = try await client.one("SELECT current_setting('server_version')", as: String.self)
        let place = database.configuration
        return DemoReport(
            server:
                "PostgreSQL \(version) at \(place.isUnixSocket ? place.host : "\(place.host):\(place.port)")",
            database: database.name, runs: ids.count, completed: completed,
            workersKilled: kill == nil ? 0 : 1,
            steps: progress.steps, reexecutedSteps: max(0, progress.started - progress.steps), recall: mean,
            workSeconds: worked / .seconds(1), seconds: began.duration(to: .now) / .seconds(1),
            checks: checks,
            timeline: timeline)
    }

    /// The run of the killed worker must have been finished by another one.
    private func handover(_ kill: DemoKill?, _ history: RunHistory?) -> DemoCheck {
        let text = "the run of the killed worker was taken over by another one"
        guard let kill, let history, let last = history.attempts.last else {
            return DemoCheck(
                id: "handover", text: text, isOK: false, detail: "no worker held a run when one was due")
        }
        let wait = last.startedAt.timeIntervalSince(kill.time)
        return DemoCheck(
            id: "handover", text: text,
            isOK: last.workerID != kill.worker && history.run.status == .completed,
            detail: "\(kill.worker) → \(last.workerID), \(Text.decimal(wait, places: 1)) s after the kill")
    }
}
#endif

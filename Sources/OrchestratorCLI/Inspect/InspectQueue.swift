#if CLI
import ArgumentParser
import FoundationEssentials
import JSONModel
import Orchestrator
import OrchestratorPostgres
import PostgresWire

/// `orchestrator inspect queue`.
struct InspectQueue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "Show how many jobs stand where, the oldest one, and who works.")

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        try await server.withClient { client in
            try await SchemaGuard.require(client)
            let queue = PostgresWorkflowQueue(client)
            let depth = try await queue.getQueueDepth()
            let workers = try await queue.listWorkers(limit: 50)
            let (now, completed) = try await client.one(
                "SELECT clock_timestamp(), (SELECT count(*) FROM workflow_jobs WHERE status = 'completed')",
                as: (Date, Int).self)
            let age = depth.oldestClaimableAt.map { now.timeIntervalSince($0) }
            console.result(Self.text(depth, completed: completed, age: age, workers: workers, now: now))
            console.document(Self.json(depth, completed: completed, age: age, workers: workers, now: now))
        }
    }

    private static func text(
        _ depth: QueueDepth, completed: Int, age: Double?, workers: [WorkerRecord], now: Date
    ) -> String {
        var jobs = TableText("jobs", "#count")
        jobs.add("waiting", Text.count(depth.waiting))
        jobs.add("active", Text.count(depth.active))
        jobs.add("paused", Text.count(depth.paused))
        jobs.add("given up", Text.count(depth.deadLetter))
        jobs.add("completed", Text.count(completed))
        var text = jobs.text + "\n\n"
        text +=
            age.map { "The oldest claimable job waits for \(Text.decimal($0, places: 1)) s." }
            ?? "No job waits to be claimed."
        guard !workers.isEmpty else { return text }
        var table = TableText("worker", "host", "#process", "#slots", "#seen", "state")
        for worker in workers {
            let seen = worker.lastSeenAt.map { "\(Text.decimal(now.timeIntervalSince($0), places: 1)) s ago" }
            table.add(
                worker.id, worker.host, String(worker.processID), String(worker.concurrency), seen ?? "",
                worker.stoppedAt == nil ? "" : "stopped")
        }
        return text + "\n\n" + table.text
    }

    private static func json(
        _ depth: QueueDepth, completed: Int, age: Double?, workers: [WorkerRecord], now: Date
    ) -> JSONValue {
        [
            "waiting": .number(depth.waiting), "active": .number(depth.active),
            "paused": .number(depth.paused),
            "dead_letter": .number(depth.deadLetter), "completed": .number(completed),
            "oldest_claimable_seconds": age.map { .number($0) } ?? .null,
            "workers": .array(
                workers.map { worker in
                    [
                        "id": .string(worker.id), "host": .string(worker.host),
                        "pid": .number(worker.processID),
                        "concurrency": .number(worker.concurrency),
                        "seen_seconds_ago": worker.lastSeenAt.map { .number(now.timeIntervalSince($0)) }
                            ?? .null,
                        "stopped": .bool(worker.stoppedAt != nil),
                    ]
                }),
        ]
    }
}
#endif

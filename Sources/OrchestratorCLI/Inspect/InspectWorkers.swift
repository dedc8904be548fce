#if CLI
import ArgumentParser
import FoundationEssentials
import JSONModel
import Orchestrator
import OrchestratorPostgres
import PostgresWire

/// `orchestrator inspect workers`.
struct InspectWorkers: AsyncParsableCommand {
    /// A job that a worker holds.
    private struct Held: Sendable {
        var worker: String
        var run: UUID
        var attempt: Int
        /// Seconds since the claim was made or last renewed.
        var renewedAgo: Double
        /// Seconds until others may take it; negative once they may.
        var leaseLeft: Double
    }

    static let configuration = CommandConfiguration(
        commandName: "workers",
        abstract: "Show the worker processes, when each was last seen, and the runs that they hold.",
        discussion: """
            A worker is silent if it has not said that it stopped and was not seen for a minute. What it holds passes on \
            when its lease ends.
            """)

    @Option(help: "How many workers to show, last seen first, 1 to 10,000.")
    var limit = 50

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be 1 to 10000.") }
    }

    func run() async throws {
        let console = output.console()
        try await server.withClient { client in
            try await SchemaGuard.require(client)
            let workers = try await PostgresWorkflowQueue(client).listWorkers(limit: limit)
            let (now, held) = try await Self.held(client)
            let byWorker = Dictionary(grouping: held, by: \.worker)
            console.result(Self.text(workers, byWorker, now: now))
            console.document(Self.json(workers, byWorker, now: now))
        }
    }

    private static func held(_ client: PostgresClient) async throws -> (Date, [Held]) {
        let now = try await client.one("SELECT clock_timestamp()", as: Date.self)
        let rows = try await client.collect(
            """
            SELECT worker_id, run_id, attempt,
                extract(epoch FROM \(now) - coalesce(last_heartbeat_at, created_at))::float8,
                extract(epoch FROM coalesce(visible_at, \(now)) - \(now))::float8
            FROM workflow_jobs WHERE status = 'active' AND worker_id IS NOT NULL
            ORDER BY worker_id, last_heartbeat_at, run_id LIMIT 10000
            """, as: (String, UUID, Int, Double, Double).self)
        return (
            now, rows.map { Held(worker: $0.0, run: $0.1, attempt: $0.2, renewedAgo: $0.3, leaseLeft: $0.4) }
        )
    }

    private static func state(_ worker: WorkerRecord, now: Date) -> String {
        if worker.stoppedAt != nil { return "stopped" }
        return now.timeIntervalSince(worker.lastSeenAt ?? .distantPast) > 60 ? "silent" : "working"
    }

    private static func text(_ workers: [WorkerRecord], _ held: [String: [Held]], now: Date) -> String {
        guard !workers.isEmpty || !held.isEmpty else { return "No worker has worked here yet." }
        var table = TableText(
            "worker", "state", "host", "#process", "version", "#slots", "#held", "#up", "#seen")
        for worker in workers {
            let up = worker.startedAt.map {
                Text.seconds(.seconds((worker.stoppedAt ?? now).timeIntervalSince($0)))
            }
            let seen = worker.lastSeenAt.map { "\(Text.decimal(now.timeIntervalSince($0), places: 1)) s ago" }
            table.add(
                worker.id, state(worker, now: now), worker.host, String(worker.processID), worker.version,
                Text.count(worker.concurrency), Text.count(held[worker.id]?.count ?? 0), up ?? "", seen ?? "")
        }
        let jobs = held.values.flatMap { $0 }.sorted { ($0.worker, $0.run.text) < ($1.worker, $1.run.text) }
        guard !jobs.isEmpty else { return table.text }
        var runs = TableText("run", "worker", "#attempt", "#renewed", "#lease")
        for job in jobs {
            runs.add(
                job.run.text, job.worker, String(job.attempt),
                "\(Text.decimal(job.renewedAgo, places: 1)) s ago",
                job.leaseLeft > 0 ? "\(Text.decimal(job.leaseLeft, places: 1)) s left" : "ended")
        }
        return table.text + "\n\n" + runs.text
    }

    private static func json(
        _ workers: [WorkerRecord], _ held: [String: [Held]], now: Date
    ) -> JSONValue {
        func jobs(_ id: String) -> JSONValue {
            .array(
                (held[id] ?? []).map { job in
                    [
                        "run_id": .string(job.run.text), "attempt": .number(job.attempt),
                        "renewed_seconds_ago": .number(job.renewedAgo),
                        "lease_seconds_left": .number(job.leaseLeft),
                    ]
                })
        }
        let known = Set(workers.map(\.id))
        return [
            "workers": .array(
                workers.map { worker in
                    [
                        "id": .string(worker.id), "state": .string(state(worker, now: now)),
                        "host": .string(worker.host), "pid": .number(worker.processID),
                        "version": .string(worker.version), "concurrency": .number(worker.concurrency),
                        "up_seconds": worker.startedAt.map {
                            .number((worker.stoppedAt ?? now).timeIntervalSince($0))
                        } ?? .null,
                        "seen_seconds_ago": worker.lastSeenAt.map { .number(now.timeIntervalSince($0)) }
                            ?? .null,
                        "held": jobs(worker.id),
                    ]
                }),
            "unregistered": .array(
                held.keys.filter { !known.contains($0) }.sorted().map { id in
                    ["id": .string(id), "held": jobs(id)]
                }),
        ]
    }
}
#endif

#if CLI
import FoundationEssentials
import PostgresWire

/// A kill of a worker that held a run.
struct DemoKill: Sendable {
    var worker: String
    var processID: Int32
    var run: UUID
    /// By the server's clock.
    var time: Date

    /// The line of the timeline.
    var entry: TimelineEntry {
        TimelineEntry(
            time: time, kind: .setback, attempt: 1, worker: worker,
            text: "SIGKILL: process \(processID) is gone, without a word to anybody")
    }

    /// Tries to kill a worker in the middle of a run; nil if none holds one now.
    ///
    /// All workers are frozen first and looked at twice, so that what they hold cannot be settled before one dies; the
    /// others go on then. With `amidItems` only a run will do that is in the middle of its map.
    static func attempt(
        among workers: [WorkerProcess], amidItems: Bool, client: PostgresClient
    ) async throws -> DemoKill? {
        for worker in workers { worker.freeze() }
        defer { for worker in workers { worker.thaw() } }
        try await Task.sleep(for: settling)
        let first = try await held(by: workers, client)
        guard first.contains(where: { $0.isAmidItems || !amidItems }) else { return nil }
        try await Task.sleep(for: settling)
        let second = try await held(by: workers, client)
        let stable = second.filter { now in first.contains { $0.worker == now.worker && $0.run == now.run } }
        guard let chosen = stable.first(where: { $0.isAmidItems || !amidItems }),
            let victim = workers.first(where: { $0.id == chosen.worker })
        else { return nil }
        victim.kill()
        return DemoKill(worker: victim.id, processID: victim.processID, run: chosen.run, time: chosen.time)
    }

    /// How long statements that a frozen worker has sent may take to end.
    private static let settling = Duration.milliseconds(20)

    /// What a worker holds.
    private struct Held {
        var worker: String
        var run: UUID
        var time: Date
        var isAmidItems: Bool
    }

    /// The unfinished runs that workers hold, those in the middle of a map first; not of workers for which the server
    /// executes something.
    private static func held(by workers: [WorkerProcess], _ client: PostgresClient) async throws -> [Held] {
        try await client.collect(
            """
            SELECT j.worker_id, j.run_id, clock_timestamp(), l.event_type = 'child_action_dispatched'
            FROM workflow_jobs j
            JOIN workflow_runs r ON r.id = j.run_id
            CROSS JOIN LATERAL (
                SELECT event_type FROM workflow_events e WHERE e.run_id = r.id ORDER BY sequence_id DESC LIMIT 1) AS l
            WHERE j.worker_id = ANY(\(workers.map(\.id))) AND j.status = 'active' AND r.status = 'running'
                AND NOT EXISTS (
                    SELECT FROM pg_stat_activity a
                    WHERE a.datname = current_database() AND a.application_name = j.worker_id AND a.state = 'active')
            ORDER BY 4 DESC, j.run_id
            """, as: (String, UUID, Date, Bool).self
        ).map { Held(worker: $0.0, run: $0.1, time: $0.2, isAmidItems: $0.3) }
    }
}
#endif

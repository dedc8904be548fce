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

    /// Tries to kill a worker in the middle of a run; nil if it holds none now.
    ///
    /// The worker is frozen first and looked at twice, so that what it held cannot be settled before it dies.
    /// With `amidItems` only a run will do that is in the middle of its map.
    static func attempt(
        on worker: DemoWorker, amidItems: Bool, client: PostgresClient
    ) async throws -> DemoKill? {
        worker.freeze()
        guard let first = try await held(by: worker.id, client), first.isAmidItems || !amidItems else {
            worker.thaw()
            return nil
        }
        try await Task.sleep(for: .milliseconds(30))
        guard let second = try await held(by: worker.id, client), first.run == second.run else {
            worker.thaw()
            return nil
        }
        worker.kill()
        return DemoKill(worker: worker.id, processID: worker.processID, run: second.run, time: second.time)
    }

    /// What a worker holds.
    private struct Held {
        var run: UUID
        var time: Date
        var isAmidItems: Bool
    }

    /// The unfinished run that a worker holds, one in the middle of a map if there is one, while nothing of the worker
    /// is being executed in the server.
    private static func held(by worker: String, _ client: PostgresClient) async throws -> Held? {
        let row = try await client.optional(
            """
            SELECT j.run_id, clock_timestamp(), l.event_type = 'child_action_dispatched'
            FROM workflow_jobs j
            JOIN workflow_runs r ON r.id = j.run_id
            CROSS JOIN LATERAL (
                SELECT event_type FROM workflow_events e WHERE e.run_id = r.id ORDER BY sequence_id DESC LIMIT 1) AS l
            WHERE j.worker_id = \(worker) AND j.status = 'active' AND r.status = 'running'
                AND NOT EXISTS (
                    SELECT FROM pg_stat_activity a
                    WHERE a.datname = current_database() AND a.application_name = \(worker) AND a.state = 'active')
            ORDER BY 3 DESC, j.run_id LIMIT 1
            """, as: (UUID, Date, Bool).self)
        return row.map { Held(run: $0.0, time: $0.1, isAmidItems: $0.2) }
    }
}
#endif

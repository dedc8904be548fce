#if CLI
import PostgresWire

/// How far the runs of a demo are.
struct DemoProgress: Sendable, Equatable {
    /// Completed executions of nodes.
    var steps: Int
    /// Executions of nodes that were begun.
    var started: Int
    /// Events of any kind.
    var events: Int
    /// Jobs that need no work any more, completed or given up.
    var settledJobs: Int

    static func read(_ client: PostgresClient) async throws -> DemoProgress {
        let (steps, started, events, settled) = try await client.one(
            """
            SELECT count(*) FILTER (WHERE event_type = 'action_dispatched'),
                count(*) FILTER (WHERE event_type = 'node_started'), count(*),
                (SELECT count(*) FROM workflow_jobs WHERE status IN ('completed', 'failed', 'dead_letter'))
            FROM workflow_events
            """, as: (Int, Int, Int, Int).self)
        return DemoProgress(steps: steps, started: started, events: events, settledJobs: settled)
    }
}
#endif

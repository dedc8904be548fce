#if CLI
import FoundationEssentials
import PostgresWire

/// How far the runs of chaos are.
struct ChaosProgress: Sendable, Equatable {
    /// Jobs that wait or are worked on.
    var open = 0
    /// Jobs whose runs wait for an answer.
    var paused = 0
    /// Jobs that need no work any more.
    var settled = 0
    var events = 0
    /// Runs that wait for an answer.
    var waiting: [UUID] = []

    /// Reads everything; nil if the server does not answer and may do so.
    static func read(_ client: PostgresClient, tolerant: Bool) async throws -> ChaosProgress? {
        do {
            let (open, paused, settled, events, waiting) = try await client.one(
                """
                SELECT (SELECT count(*) FROM workflow_jobs WHERE status IN ('waiting', 'active')),
                    (SELECT count(*) FROM workflow_jobs WHERE status = 'paused'),
                    (SELECT count(*) FROM workflow_jobs WHERE status IN ('completed', 'failed', 'dead_letter')),
                    (SELECT count(*) FROM workflow_events),
                    ARRAY(SELECT run_id FROM workflow_jobs JOIN workflow_runs r ON r.id = run_id
                        WHERE r.status = 'waiting' AND workflow_jobs.status = 'paused')
                """, as: (Int, Int, Int, Int, [UUID]).self)
            return ChaosProgress(
                open: open, paused: paused, settled: settled, events: events, waiting: waiting)
        } catch {
            guard tolerant else { throw error }
            return nil
        }
    }
}
#endif

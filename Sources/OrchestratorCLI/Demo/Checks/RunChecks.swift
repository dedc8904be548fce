#if CLI
import FoundationEssentials
import Orchestrator
import PostgresWire
import StoreContracts

/// Verifies by SQL what the runtime promises about every run of a demo.
struct RunChecks: Sendable {
    let client: PostgresClient
    let runs: [UUID]

    /// Every promise, in the order in which they are reported.
    func all() async throws -> [DemoCheck] {
        [
            try await completion(), try await gaps(), try await repeatedActions(), try await folds(),
            try await jobs(), try await answers(),
        ]
    }

    func completion() async throws -> DemoCheck {
        let completed = try await client.one(
            "SELECT count(*) FROM workflow_runs WHERE id = ANY(\(runs)) AND status = 'completed'",
            as: Int.self)
        return .promise(
            "runs_completed", "every run is completed", violations: runs.count - completed,
            detail: "\(completed) of \(runs.count)")
    }

    func gaps() async throws -> DemoCheck {
        let (events, broken) = try await client.one(
            """
            SELECT COALESCE(sum(n), 0)::int8, count(*) FILTER (WHERE n = 0 OR low <> 0 OR high <> n - 1)
            FROM (
                SELECT count(e.id) AS n, min(sequence_id) AS low, max(sequence_id) AS high
                FROM unnest(\(runs)) AS r (id) LEFT JOIN workflow_events e ON e.run_id = r.id GROUP BY r.id
            ) AS logs
            """, as: (Int, Int).self)
        return .promise(
            "events_gap_free", "the events of every run are numbered from 0 without a gap",
            violations: broken,
            detail: Text.count(events, "event"))
    }

    /// The iteration of an event is the count of increments before it; items of a map count by their own path.
    func repeatedActions() async throws -> DemoCheck {
        let (steps, items, broken) = try await client.one(
            """
            WITH numbered AS (
                SELECT run_id, node_id, event_type,
                    count(*) FILTER (WHERE internal_type = '_increment_iteration')
                        OVER (PARTITION BY run_id ORDER BY sequence_id) AS iteration
                FROM workflow_events WHERE run_id = ANY(\(runs))
            ), executed AS (
                SELECT run_id, iteration, node_id, event_type, count(*) AS n FROM numbered
                WHERE event_type IN ('action_dispatched', 'child_action_dispatched')
                GROUP BY run_id, iteration, node_id, event_type
            ), missing AS (
                SELECT run_id, iteration FROM numbered WHERE event_type = 'node_started'
                EXCEPT SELECT run_id, iteration FROM executed WHERE event_type = 'action_dispatched'
            )
            SELECT
                (SELECT count(*) FROM executed WHERE event_type = 'action_dispatched'),
                (SELECT count(*) FROM executed WHERE event_type = 'child_action_dispatched'),
                (SELECT count(*) FROM executed WHERE n <> 1) + (SELECT count(*) FROM missing)
            """, as: (Int, Int, Int).self)
        return .promise(
            "one_action_per_step",
            "every execution of a node, and every item of a map, has exactly one completed action",
            violations: broken, detail: "\(Text.count(steps, "step")), \(Text.count(items, "item"))")
    }

    func jobs() async throws -> DemoCheck {
        let (completed, others) = try await client.one(
            """
            SELECT count(*) FILTER (WHERE status = 'completed'), count(*) FILTER (WHERE status <> 'completed')
            FROM workflow_jobs WHERE run_id = ANY(\(runs))
            """, as: (Int, Int).self)
        return .promise(
            "jobs_completed", "every job is completed", violations: max(others, abs(runs.count - completed)),
            detail: "\(completed) of \(runs.count)")
    }

    /// The write step stores a document under the run's id and the sources in the outcome ledger.
    func answers() async throws -> DemoCheck {
        let (stored, sources, broken) = try await client.one(
            """
            SELECT count(d.id), COALESCE(sum(s.n), 0)::int8,
                count(*) FILTER (WHERE d.id IS NULL OR s.n = 0 OR o.run_id IS NULL)
            FROM unnest(\(runs)) AS r (id)
            LEFT JOIN documents d ON d.id = r.id
            LEFT JOIN run_outcomes o ON o.run_id = r.id::text
            CROSS JOIN LATERAL (
                SELECT count(*) AS n FROM run_outcome_facts f WHERE f.run_id = r.id::text) AS s
            """, as: (Int, Int, Int).self)
        return .promise(
            "answers_stored", "every run stored its answer with its sources exactly once", violations: broken,
            detail: "\(Text.count(stored, "answer")), \(Text.count(sources, "source"))")
    }
}
#endif

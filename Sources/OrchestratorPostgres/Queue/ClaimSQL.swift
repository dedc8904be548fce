internal import Orchestrator
internal import PostgresWire

/// The statements of a claim, one after the other in one transaction.
///
/// The first picks jobs, the last claims them. Between them the rows of their runs are locked: only then is it known
/// that no other claim of the same run is under way, and every statement sees what was committed before it began. The
/// ids of the picked jobs travel from one statement to the next in a setting of the transaction.
enum ClaimSQL {
    /// All statements; the first returns how many jobs were picked, the last the claimed ones.
    static func statements(
        workerID: String, limit: Int, options: QueueOptions, _ names: SchemaNames
    ) -> [PostgresQuery] {
        [
            pick(limit, options, names), createRuns(names), lockRuns(names),
            claim(workerID, options, names), WorkerSQL.see([workerID], names),
        ]
    }

    private static let picked: PostgresQuery = "ANY (current_setting('orchestrator.picked')::uuid[])"

    /// Locks claimable jobs, FOR NO KEY UPDATE, passing over those that other claims have locked.
    ///
    /// The limit is a literal: for a parameter the server's plan reckons with a tenth of the queue, and sorts that.
    private static func pick(_ limit: Int, _ options: QueueOptions, _ names: SchemaNames) -> PostgresQuery {
        let isFirst: PostgresQuery = options.oneActiveJobPerRun ? "AND \(firstOfRun(names))" : ""
        return """
            WITH picked AS (
                SELECT j.id FROM \(names.jobs) AS j
                WHERE j.status = 'waiting' AND (j.visible_at IS NULL OR j.visible_at <= now()) \(isFirst)
                ORDER BY j.priority, j.created_at, j.id LIMIT \(raw: String(limit))
                FOR NO KEY UPDATE OF j SKIP LOCKED)
            SELECT count(*), set_config('orchestrator.picked', COALESCE(array_agg(id), '{}')::text, true)
            FROM picked
            """
    }

    /// No other job of the run is active, or would be claimed before this one.
    private static func firstOfRun(_ names: SchemaNames) -> PostgresQuery {
        """
        NOT EXISTS (SELECT FROM \(names.jobs) AS o WHERE o.run_id = j.run_id AND o.id <> j.id
            AND (o.status = 'active' OR (o.status = 'waiting'
                AND (o.visible_at IS NULL OR o.visible_at <= now())
                AND (o.priority, o.created_at, o.id) < (j.priority, j.created_at, j.id))))
        """
    }

    /// Creates the rows of runs that have none, if their graph is stored and the tenant's.
    private static func createRuns(_ names: SchemaNames) -> PostgresQuery {
        """
        INSERT INTO \(names.runs) (id, graph_id, status, tenant_id)
        SELECT DISTINCT ON (j.run_id) j.run_id, j.graph_id, 'pending', j.tenant_id
        FROM \(names.jobs) AS j JOIN \(names.graphs) AS g ON g.id = j.graph_id AND g.tenant_id = j.tenant_id
        WHERE j.id = \(picked) AND NOT EXISTS (SELECT FROM \(names.runs) AS r WHERE r.id = j.run_id)
        ORDER BY j.run_id
        ON CONFLICT (id) DO NOTHING
        """
    }

    /// Locks the rows of the runs, FOR NO KEY UPDATE and by id: waits for commits and other claims of these runs.
    private static func lockRuns(_ names: SchemaNames) -> PostgresQuery {
        """
        SELECT count(*) FROM (SELECT r.id FROM \(names.runs) AS r
            WHERE r.id IN (SELECT run_id FROM \(names.jobs) AS j WHERE j.id = \(picked))
            ORDER BY r.id FOR NO KEY UPDATE) AS locked
        """
    }

    /// Raises the runs' epochs, claims the jobs, and gives up those that can never be claimed.
    private static func claim(
        _ workerID: String, _ options: QueueOptions, _ names: SchemaNames
    ) -> PostgresQuery {
        let isFree: PostgresQuery = options.oneActiveJobPerRun ? "AND turn = 1 AND NOT is_busy" : ""
        return """
            WITH picked AS (
                SELECT j.id, j.run_id, CASE WHEN g.id IS NULL THEN 'Graph ' || j.graph_id || ' is not stored.'
                        WHEN g.tenant_id <> j.tenant_id
                        THEN j.graph_id || ' in graphs belongs to another tenant.'
                        WHEN r.tenant_id <> j.tenant_id
                        THEN j.run_id || ' in workflow_runs belongs to another tenant.'
                        WHEN j.type NOT IN (\(raw: types)) THEN 'The type of the job is none that is known.'
                        WHEN j.attempt NOT BETWEEN 0 AND \(raw: greatest)
                        THEN 'The number of attempts is out of its range.'
                        WHEN r.claim_epoch NOT BETWEEN 0 AND \(raw: greatest)
                        THEN 'The claim epoch of the run is out of its range.' END AS problem,
                    EXISTS (SELECT FROM \(names.jobs) AS o
                        WHERE o.run_id = j.run_id AND o.status = 'active') AS is_busy,
                    j.priority, j.created_at
                FROM \(names.jobs) AS j LEFT JOIN \(names.graphs) AS g ON g.id = j.graph_id
                LEFT JOIN \(names.runs) AS r ON r.id = j.run_id
                WHERE j.id = \(picked)),
            fit AS (
                SELECT id, run_id, is_busy,
                    row_number() OVER (PARTITION BY run_id ORDER BY priority, created_at, id) AS turn
                FROM picked WHERE problem IS NULL),
            taken AS (SELECT id, run_id, turn FROM fit WHERE true \(isFree)),
            epochs AS (
                UPDATE \(names.runs) AS r SET claim_epoch = r.claim_epoch + t.claims
                FROM (SELECT run_id, count(*)::integer AS claims FROM taken GROUP BY run_id) AS t
                WHERE r.id = t.run_id RETURNING r.id, r.claim_epoch - t.claims AS base),
            claimed AS (
                UPDATE \(names.jobs) AS j SET status = 'active', worker_id = \(workerID),
                    attempt = j.attempt + 1, last_heartbeat_at = clock_timestamp(),
                    visible_at = clock_timestamp() + j.visibility_timeout_ms * interval '1 millisecond',
                    attempt_history = \(history(workerID))
                FROM taken AS t JOIN epochs AS e ON e.id = t.run_id WHERE j.id = t.id
                RETURNING j.*, e.base + t.turn::integer AS claim_epoch),
            given_up AS (
                UPDATE \(names.jobs) AS j SET status = 'dead_letter', visible_at = NULL, last_error = p.problem
                FROM picked AS p WHERE j.id = p.id AND p.problem IS NOT NULL)
            SELECT \(raw: JobSQL.columns), claim_epoch FROM claimed ORDER BY priority, created_at, id
            """
    }

    private static let types = JobType.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")

    /// Counters beyond this have been spoiled: another claim might not fit the column.
    private static let greatest = "2000000000"

    /// The history with this claim as its newest attempt; the oldest gives way, and so does what is no history.
    private static func history(_ workerID: String) -> PostgresQuery {
        """
        CASE WHEN jsonb_typeof(j.attempt_history) <> 'array' THEN '[]'
            WHEN jsonb_array_length(j.attempt_history) >= \(JobAttempt.maximumKept)
            THEN j.attempt_history - 0 ELSE j.attempt_history END || jsonb_build_object(
            'attempt', j.attempt + 1, 'worker_id', \(workerID), 'claim_epoch', e.base + t.turn::integer,
            'started_at', \(JobChange.instant))
        """
    }
}

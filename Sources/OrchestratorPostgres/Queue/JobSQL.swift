internal import FoundationEssentials
internal import JSONModel
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements about single jobs.
enum JobSQL {
    /// The channel on which programs that wait for jobs listen; the payload names the schema.
    static let channel = "orchestrator_jobs"

    /// The columns of a job, in the order in which `WorkflowJob.read(_:)` takes them; an epoch follows.
    static let columns = """
        id, type, tenant_id, run_id, graph_id, initial_state, human_response, priority, max_attempts, attempt,
        visibility_timeout_ms, status, worker_id, created_at, visible_at, last_heartbeat_at, last_error, job_key,
        attempt_history
        """

    /// Wakes programs that listen; the server delivers it when the transaction commits.
    static func notify(_ names: SchemaNames) -> PostgresQuery {
        "SELECT pg_notify(\(channel), \(names.schema))"
    }

    /// Applies a commit's disposition to a job of the tenant.
    ///
    /// Locks the job's row; fails with ORC03 unless the claim that the handle names holds it.
    static func dispose(
        _ handle: JobHandle, _ change: JobChange, _ plane: TenantPlane
    ) -> PostgresQuery {
        """
        WITH changed AS (
            UPDATE \(plane.names.jobs) AS j SET \(change.assignments)
            WHERE j.tenant_id = \(plane.tenant.uuid) AND \(holds(handle)) RETURNING j.id)
        SELECT \(plane.names.require)(EXISTS (SELECT FROM changed), \(raw: "'\(SQLState.jobRefused)'"),
            'the job is not held by this claim')
        """
    }

    /// Whether the claim that the handle names holds the job.
    static func isHeld(_ handle: JobHandle, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT EXISTS (SELECT FROM \(plane.names.jobs) AS j
            WHERE j.tenant_id = \(plane.tenant.uuid) AND \(holds(handle)))
        """
    }

    private static func holds(_ handle: JobHandle) -> PostgresQuery {
        let job: PostgresQuery = "j.id = \(handle.jobID) AND j.status = 'active'"
        let worker: PostgresQuery = handle.workerID.map { " AND j.worker_id = \($0)" } ?? ""
        let attempt: PostgresQuery = handle.attempt.map { " AND j.attempt = \($0)" } ?? ""
        return "\(job)\(worker)\(attempt)"
    }

    /// Changes the jobs that the handles' claims hold, and tells for each handle, in order, what became of it
    /// and whether the run is to be cancelled.
    ///
    /// Locks the rows of the jobs, by id.
    static func change(
        _ handles: [JobHandle], _ change: JobChange, _ names: SchemaNames
    ) -> PostgresQuery {
        """
        WITH handle AS (
            SELECT * FROM unnest(\(handles.map(\.jobID)), \(handles.map(\.workerID)),
                \(handles.map(\.attempt))) WITH ORDINALITY AS h (id, worker_id, attempt, place)),
        held AS (
            SELECT j.id FROM \(names.jobs) AS j JOIN handle AS h ON h.id = j.id
            WHERE j.status = 'active' AND (h.worker_id IS NULL OR h.worker_id = j.worker_id)
                AND (h.attempt IS NULL OR h.attempt = j.attempt)
            ORDER BY j.id FOR NO KEY UPDATE OF j),
        changed AS (
            UPDATE \(names.jobs) AS j SET \(change.assignments) FROM held WHERE j.id = held.id
            RETURNING j.id, j.status, j.run_id)
        SELECT CASE WHEN changed.status = 'dead_letter' THEN 'deadLettered'
                WHEN changed.id IS NOT NULL THEN 'applied' WHEN j.id IS NULL THEN 'notFound'
                WHEN j.status <> 'active' THEN 'wrongStatus' ELSE 'notOwned' END,
            r.cancel_requested_at IS NOT NULL
        FROM handle AS h LEFT JOIN changed ON changed.id = h.id LEFT JOIN \(names.jobs) AS j ON j.id = h.id
        LEFT JOIN \(names.runs) AS r ON r.id = changed.run_id
        ORDER BY h.place
        """
    }

    /// Puts a job that was given up back.
    ///
    /// Locks its row.
    static func retryDeadLetter(_ id: UUID, _ names: SchemaNames) -> PostgresQuery {
        """
        WITH changed AS (
            UPDATE \(names.jobs) SET status = 'waiting', attempt = 0, visible_at = NULL, worker_id = NULL
            WHERE id = \(id) AND status = 'dead_letter' RETURNING id)
        SELECT EXISTS (SELECT FROM changed), EXISTS (SELECT FROM \(names.jobs) WHERE id = \(id))
        """
    }

    /// Reads a job.
    static func load(_ id: UUID, _ names: SchemaNames) -> PostgresQuery {
        "SELECT \(raw: columns), NULL::integer FROM \(names.jobs) WHERE id = \(id)"
    }

    /// Reads a page of jobs, oldest first.
    static func list(_ status: JobStatus?, _ page: Page, _ names: SchemaNames) -> PostgresQuery {
        let condition: PostgresQuery = status.map { "status = \($0.rawValue)" } ?? "true"
        return """
            SELECT \(raw: columns), NULL::integer FROM \(names.jobs)
            WHERE \(condition) \(page.condition(on: "created_at", .oldestFirst))
            \(page.end(by: "created_at", .oldestFirst))
            """
    }

    /// Counts the unfinished jobs by status.
    static func depth(_ names: SchemaNames) -> PostgresQuery {
        """
        SELECT count(*) FILTER (WHERE status = 'waiting'), count(*) FILTER (WHERE status = 'active'),
            count(*) FILTER (WHERE status = 'paused'), count(*) FILTER (WHERE status = 'dead_letter'),
            min(created_at) FILTER (
                WHERE status = 'waiting' AND (visible_at IS NULL OR visible_at <= now()))
        FROM \(names.jobs) WHERE status IN ('waiting', 'active', 'paused', 'dead_letter')
        """
    }

    /// Takes expired claims back and wakes paused jobs whose deadline has passed; counts both.
    ///
    /// Locks the rows of these jobs, passing over locked ones: their claims are being renewed or ended.
    static func reclaim(_ names: SchemaNames) -> PostgresQuery {
        let reason: PostgresQuery = "'the claim of attempt ' || j.attempt || ' expired'"
        return """
            WITH expired AS (
                SELECT id FROM \(names.jobs)
                WHERE status = 'active' AND (visible_at IS NULL OR visible_at <= now())
                FOR NO KEY UPDATE SKIP LOCKED),
            reclaimed AS (
                UPDATE \(names.jobs) AS j SET
                    status = CASE WHEN j.attempt >= j.max_attempts THEN 'dead_letter' ELSE 'waiting' END,
                    last_error = CASE WHEN j.attempt >= j.max_attempts THEN \(reason) ELSE j.last_error END,
                    worker_id = NULL, visible_at = NULL, attempt_history = \(JobChange.history(error: reason))
                FROM expired WHERE j.id = expired.id RETURNING j.status),
            due AS (
                SELECT id FROM \(names.jobs) WHERE status = 'paused' AND visible_at <= now()
                FOR NO KEY UPDATE SKIP LOCKED),
            woken AS (
                UPDATE \(names.jobs) AS j SET status = 'waiting', visible_at = NULL
                FROM due WHERE j.id = due.id RETURNING j.id)
            SELECT (SELECT count(*) FROM reclaimed WHERE status = 'waiting'),
                (SELECT count(*) FROM reclaimed WHERE status = 'dead_letter'), (SELECT count(*) FROM woken)
            """
    }
}

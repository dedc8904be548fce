internal import FoundationEssentials
internal import JSONModel
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements that add the resume job of a waiting run.
struct ResumeSQL {
    let request: ResumeRequest
    let names: SchemaNames

    /// The key that keeps a response from being applied twice.
    private var key: String? {
        request.response.responseKey.map { "resume:\(request.runID.text):\($0)" }
    }

    /// Reads the job that stands for the request already.
    var known: PostgresQuery {
        """
        SELECT id FROM \(names.jobs)
        WHERE id = \(request.jobID) OR (run_id = \(request.runID) AND job_key = \(key)) LIMIT 1
        """
    }

    /// Completes the paused jobs of the run, unless the request is known.
    ///
    /// Locks the rows of the jobs.
    var completePaused: PostgresQuery {
        """
        UPDATE \(names.jobs) SET status = 'completed', visible_at = NULL
        WHERE run_id = \(request.runID) AND status = 'paused' AND NOT EXISTS (\(known))
        """
    }

    /// Fails with ORC05 unless the run waits for the response or the request is known.
    ///
    /// Locks the run's row, FOR NO KEY UPDATE.
    var requireWaiting: PostgresQuery {
        """
        WITH run AS (SELECT id FROM \(names.runs)
            WHERE id = \(request.runID) AND tenant_id = \(request.tenantID.uuid) AND status = 'waiting'
                AND (\(request.response.approvalID) IS NULL OR \(request.response.approvalID) = (
                    SELECT state #>> '{pending_approval,approval_id}' FROM \(names.states)
                    WHERE run_id = \(request.runID) ORDER BY version DESC LIMIT 1))
            FOR NO KEY UPDATE)
        SELECT \(names.require)(EXISTS (SELECT FROM run) OR EXISTS (\(known)),
            \(raw: "'\(SQLState.requestRefused)'"), 'the run does not wait for this response')
        """
    }

    /// Adds the job unless the request is known.
    var insert: PostgresQuery {
        """
        INSERT INTO \(names.jobs) (id, type, run_id, graph_id, tenant_id, human_response, priority,
            max_attempts, visibility_timeout_ms, job_key)
        SELECT \(request.jobID), 'resume', r.id, r.graph_id, r.tenant_id, \(request.response.json.storable),
            \(request.priority), \(request.maxAttempts), \(Int(request.visibilityTimeout.milliseconds)), \(key)
        FROM \(names.runs) AS r WHERE r.id = \(request.runID) AND NOT EXISTS (\(known))
        ON CONFLICT DO NOTHING
        RETURNING id
        """
    }

    /// Reads what decides about the request.
    var run: PostgresQuery {
        "SELECT tenant_id, status FROM \(names.runs) WHERE id = \(request.runID)"
    }
}

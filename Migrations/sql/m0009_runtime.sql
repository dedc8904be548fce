-- What the runtime adds to the shared schema. Programs of the original see none of it.

-- Who works: one row a worker process, kept fresh by its heartbeat.
CREATE TABLE workers (
    id text PRIMARY KEY,
    host text NOT NULL,
    pid integer NOT NULL,
    version text NOT NULL,
    concurrency integer NOT NULL DEFAULT 1,
    started_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    stopped_at timestamptz
);
CREATE INDEX idx_workers_last_seen ON workers (last_seen_at);

-- A job key admits one unfinished job a tenant; attempt_history holds the newest attempts, oldest first.
ALTER TABLE workflow_jobs ADD job_key text, ADD attempt_history jsonb NOT NULL DEFAULT '[]';
CREATE UNIQUE INDEX uq_workflow_jobs_key ON workflow_jobs (tenant_id, job_key)
    WHERE job_key IS NOT NULL AND status IN ('waiting', 'active', 'paused');

-- The owner of the run sees a request to cancel at its next heartbeat.
ALTER TABLE workflow_runs ADD cancel_requested_at timestamptz;

-- Fields that agents and MCP servers have and the original does not store.
ALTER TABLE agents ADD max_output_tokens integer;
ALTER TABLE mcp_servers
    ADD tool_timeout_ms integer, ADD max_concurrent_calls integer, ADD max_retries integer;

-- Without these, deleting a run or a graph scans whole tables for rows that refer to it.
CREATE INDEX idx_workflow_runs_parent ON workflow_runs (parent_run_id) WHERE parent_run_id IS NOT NULL;
CREATE INDEX idx_usage_records_graph ON usage_records (graph_id) WHERE graph_id IS NOT NULL;
CREATE INDEX idx_workflows_graph ON workflows (graph_id) WHERE graph_id IS NOT NULL;

-- Locks the run and fails unless its claim epoch is the expected one: ORC01 stale claim, ORC02 no such run.
-- FOR NO KEY UPDATE holds off the next claim until commit, but not the foreign-key checks of event inserts.
CREATE FUNCTION orchestrator_assert_claim(run uuid, epoch integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    actual integer;
BEGIN
    SELECT claim_epoch INTO actual FROM {{schema}}.workflow_runs WHERE id = run FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE 'run % does not exist', run USING ERRCODE = 'ORC02';
    ELSIF actual <> epoch THEN
        RAISE 'claim % of run % is stale', epoch, run USING ERRCODE = 'ORC01', DETAIL = actual;
    END IF;
END
$$;

-- Locks the job and fails with ORC03 unless this attempt of this worker holds it. Call it before
-- orchestrator_assert_claim: claims take the job first, then the run.
CREATE FUNCTION orchestrator_assert_job(job uuid, worker text, try integer) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM {{schema}}.workflow_jobs
    WHERE id = job AND worker_id = worker AND attempt = try AND status = 'active' FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE 'attempt % of worker % does not hold job %', try, worker, job USING ERRCODE = 'ORC03';
    END IF;
END
$$;

-- Aborts the transaction with the given SQLSTATE unless the condition is true: for statements of a pipeline,
-- whose caller sees no result before the commit.
CREATE FUNCTION orchestrator_require(ok boolean, code text, reason text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF ok IS NOT TRUE THEN
        RAISE '%', reason USING ERRCODE = code;
    END IF;
END
$$;

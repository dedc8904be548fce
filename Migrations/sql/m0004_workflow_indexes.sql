-- Indexes and updated_at triggers of the workflow half.
CREATE INDEX idx_graphs_tenant_updated ON graphs (tenant_id, updated_at);
CREATE INDEX idx_workflows_tenant ON workflows (tenant_id);

CREATE INDEX idx_workflow_runs_status ON workflow_runs (status);
CREATE INDEX idx_workflow_runs_graph_id ON workflow_runs (graph_id);
CREATE INDEX idx_workflow_runs_created_at_desc ON workflow_runs (created_at);
CREATE INDEX idx_workflow_runs_completed_not_archived ON workflow_runs (completed_at)
    WHERE archived_at IS NULL;
CREATE INDEX idx_workflow_runs_tenant_created ON workflow_runs (tenant_id, created_at);
CREATE INDEX idx_workflow_runs_tenant_status ON workflow_runs (tenant_id, status);
CREATE INDEX idx_workflow_runs_kind_parent ON workflow_runs (run_kind, parent_run_id);
CREATE INDEX idx_workflow_runs_fork_group ON workflow_runs (fork_group_id) WHERE fork_group_id IS NOT NULL;

CREATE UNIQUE INDEX uq_workflow_states_run_version ON workflow_states (run_id, version);
CREATE INDEX idx_workflow_states_run_created ON workflow_states (run_id, created_at);
CREATE INDEX idx_workflow_states_status ON workflow_states (status);
CREATE INDEX idx_workflow_states_archived_at ON workflow_states (archived_at) WHERE archived_at IS NOT NULL;
CREATE INDEX idx_workflow_states_tenant ON workflow_states (tenant_id);

CREATE UNIQUE INDEX uq_workflow_events_run_seq ON workflow_events (run_id, sequence_id);
CREATE INDEX idx_workflow_events_run_type ON workflow_events (run_id, event_type);
CREATE INDEX idx_workflow_events_tenant ON workflow_events (tenant_id);
CREATE INDEX idx_workflow_checkpoints_run_seq ON workflow_checkpoints (run_id, sequence_id);
CREATE INDEX idx_workflow_checkpoints_tenant ON workflow_checkpoints (tenant_id);

CREATE INDEX idx_workflow_jobs_dequeue ON workflow_jobs (status, priority, created_at);
CREATE INDEX idx_workflow_jobs_reclaim ON workflow_jobs (status, visible_at);
CREATE INDEX idx_workflow_jobs_run_id ON workflow_jobs (run_id);
CREATE INDEX idx_workflow_jobs_tenant_status ON workflow_jobs (tenant_id, status);

CREATE UNIQUE INDEX uq_agents_tenant_name ON agents (tenant_id, name);
CREATE INDEX idx_mcp_servers_tenant ON mcp_servers (tenant_id);
CREATE INDEX idx_usage_records_run_id ON usage_records (run_id);
CREATE INDEX idx_usage_records_api_key_id ON usage_records (api_key_id);
CREATE INDEX idx_usage_records_created_at ON usage_records (created_at);
CREATE INDEX idx_usage_records_tenant_created ON usage_records (tenant_id, created_at);
CREATE INDEX idx_documents_tenant ON documents (tenant_id);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY '{graphs,workflows,workflow_states,agents,documents}'::text[] LOOP
        EXECUTE format('CREATE TRIGGER set_updated_at BEFORE UPDATE ON %I
            FOR EACH ROW EXECUTE FUNCTION trigger_set_updated_at()', name);
    END LOOP;
END
$$;

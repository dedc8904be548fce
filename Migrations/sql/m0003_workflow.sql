-- The workflow half: graphs, runs and their history, the queue, registries, usage. Column order is shared
-- with databases of the original, so later columns stay behind tenant_id.
CREATE TABLE graphs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    description text,
    definition jsonb NOT NULL,
    version text DEFAULT '1.0.0',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);

CREATE TABLE workflows (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    description text,
    graph_id uuid CONSTRAINT workflows_graph_id_graphs_id_fk REFERENCES graphs ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);

CREATE TABLE workflow_runs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workflow_id uuid CONSTRAINT workflow_runs_workflow_id_workflows_id_fk
        REFERENCES workflows ON DELETE SET NULL,
    graph_id uuid NOT NULL CONSTRAINT workflow_runs_graph_id_graphs_id_fk
        REFERENCES graphs ON DELETE RESTRICT,
    status text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    completed_at timestamptz,
    archived_at timestamptz,
    parent_run_id uuid CONSTRAINT workflow_runs_parent_run_id_workflow_runs_id_fk
        REFERENCES workflow_runs ON DELETE SET NULL,
    claim_epoch integer NOT NULL DEFAULT 0,
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE,
    run_kind text NOT NULL DEFAULT 'primary' CONSTRAINT workflow_runs_run_kind_check
        CHECK (run_kind IN ('primary', 'subgraph', 'counterfactual')),
    fork_sequence_id integer,
    fork_mutations jsonb,
    fork_group_id uuid
);

CREATE TABLE workflow_states (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    run_id uuid NOT NULL CONSTRAINT workflow_states_run_id_workflow_runs_id_fk
        REFERENCES workflow_runs ON DELETE CASCADE,
    state jsonb NOT NULL,
    current_node text,
    status text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    archived_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);

CREATE TABLE workflow_events (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    run_id uuid NOT NULL CONSTRAINT workflow_events_run_id_workflow_runs_id_fk
        REFERENCES workflow_runs ON DELETE CASCADE,
    sequence_id integer NOT NULL,
    event_type text NOT NULL,
    node_id text,
    action jsonb,
    internal_type text,
    internal_payload jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);

CREATE TABLE workflow_checkpoints (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    run_id uuid NOT NULL CONSTRAINT workflow_checkpoints_run_id_workflow_runs_id_fk
        REFERENCES workflow_runs ON DELETE CASCADE,
    sequence_id integer NOT NULL,
    state jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);

-- A job may be enqueued before its run and its graph exist: no foreign keys to them.
CREATE TABLE workflow_jobs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    type text NOT NULL,
    run_id uuid NOT NULL,
    graph_id uuid NOT NULL,
    initial_state jsonb,
    human_response jsonb,
    priority integer NOT NULL DEFAULT 0,
    max_attempts integer NOT NULL DEFAULT 3,
    attempt integer NOT NULL DEFAULT 0,
    visibility_timeout_ms integer NOT NULL DEFAULT 300000,
    status text NOT NULL DEFAULT 'waiting',
    worker_id text,
    created_at timestamptz NOT NULL DEFAULT now(),
    visible_at timestamptz,
    last_heartbeat_at timestamptz,
    last_error text,
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);

CREATE TABLE agents (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    description text,
    model text NOT NULL,
    provider text,
    system_prompt text NOT NULL,
    temperature real NOT NULL DEFAULT 0.7,
    max_steps integer NOT NULL DEFAULT 10,
    tools jsonb NOT NULL,
    permissions jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    provider_options jsonb,
    model_preference text,
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);

CREATE TABLE mcp_servers (
    id text PRIMARY KEY,
    name text NOT NULL,
    description text,
    transport jsonb NOT NULL,
    allowed_agents jsonb,
    timeout_ms integer NOT NULL DEFAULT 30000,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);

CREATE TABLE api_keys (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    key_hash text NOT NULL CONSTRAINT api_keys_key_hash_unique UNIQUE,
    name text NOT NULL,
    permissions jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    revoked_at timestamptz,
    expires_at timestamptz,
    rate_limit jsonb
);

CREATE TABLE usage_records (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    run_id uuid CONSTRAINT usage_records_run_id_workflow_runs_id_fk
        REFERENCES workflow_runs ON DELETE CASCADE,
    api_key_id uuid CONSTRAINT usage_records_api_key_id_api_keys_id_fk REFERENCES api_keys,
    graph_id uuid CONSTRAINT usage_records_graph_id_graphs_id_fk REFERENCES graphs ON DELETE SET NULL,
    input_tokens integer NOT NULL DEFAULT 0,
    output_tokens integer NOT NULL DEFAULT 0,
    cost_usd numeric(10, 6) NOT NULL DEFAULT '0',
    model_breakdown jsonb,
    duration_ms integer,
    created_at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);

CREATE TABLE documents (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL,
    title text NOT NULL,
    url text,
    file_path text,
    mime_type text,
    content text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);

-- The tenant that an API key stands for; keys of the original have none and stand for nobody.
ALTER TABLE api_keys ADD tenant_id uuid
    CONSTRAINT api_keys_tenant_id_fkey REFERENCES tenants ON DELETE CASCADE;
CREATE INDEX idx_api_keys_tenant ON api_keys (tenant_id) WHERE tenant_id IS NOT NULL;

-- Retention looks for archived runs by age.
CREATE INDEX idx_workflow_runs_archived ON workflow_runs (archived_at) WHERE archived_at IS NOT NULL;

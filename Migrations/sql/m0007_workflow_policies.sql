-- Row-level security of the workflow half. An unset or empty app.tenant_id matches no row. Can run again.
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tenant_self ON tenants;
CREATE POLICY tenant_self ON tenants USING (id = NULLIF(current_setting('app.tenant_id', true), '')::uuid);

DO $$
DECLARE
    name text;
    mine text := 'tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid';
BEGIN
    FOREACH name IN ARRAY '{agents,documents,graphs,mcp_servers,usage_records,workflow_checkpoints,
            workflow_events,workflow_jobs,workflow_runs,workflow_states,workflows}'::text[] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('DROP POLICY IF EXISTS tenant_isolation ON %I', name);
        EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (%s) WITH CHECK (%2$s)', name, mine);
    END LOOP;
END
$$;

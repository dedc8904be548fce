-- Row-level security of the memory half, as m0007. Can run again.
DO $$
DECLARE
    name text;
    mine text := 'tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid';
BEGIN
    FOREACH name IN ARRAY '{embeddings,gate_decisions,memory_entities,memory_entity_facts,memory_episodes,
            memory_facts,memory_relationships,memory_themes,run_outcome_facts,run_outcomes}'::text[] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('DROP POLICY IF EXISTS tenant_isolation ON %I', name);
        EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (%s) WITH CHECK (%2$s)', name, mine);
    END LOOP;
END
$$;

-- The role of tenant-plane logins. Roles belong to the cluster: another database may have created it, now.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cycgraph_app') THEN
        CREATE ROLE cycgraph_app NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$;
GRANT USAGE ON SCHEMA {{schema}} TO cycgraph_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {{schema}} TO cycgraph_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {{schema}} TO cycgraph_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA {{schema}}
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO cycgraph_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA {{schema}}
    GRANT USAGE, SELECT ON SEQUENCES TO cycgraph_app;
REVOKE INSERT, UPDATE, DELETE ON orchestrator_migrations, workers FROM cycgraph_app;

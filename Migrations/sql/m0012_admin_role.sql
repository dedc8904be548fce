-- The role of platform-plane logins, which span tenants. BYPASSRLS may be refused to an ordinary owner.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cycgraph_admin') THEN
        CREATE ROLE cycgraph_admin NOLOGIN BYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$;
GRANT USAGE ON SCHEMA {{schema}} TO cycgraph_admin;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {{schema}} TO cycgraph_admin;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {{schema}} TO cycgraph_admin;
ALTER DEFAULT PRIVILEGES IN SCHEMA {{schema}}
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO cycgraph_admin;
ALTER DEFAULT PRIVILEGES IN SCHEMA {{schema}}
    GRANT USAGE, SELECT ON SEQUENCES TO cycgraph_admin;
REVOKE INSERT, UPDATE, DELETE ON orchestrator_migrations FROM cycgraph_admin;

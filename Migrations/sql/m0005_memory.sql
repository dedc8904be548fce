-- The memory half: records, embeddings, outcome ledger. Types of pgvector come from wherever it is installed.
SELECT set_config('search_path', current_setting('search_path') || ', ' || quote_ident(nspname), true)
FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'vector';

CREATE TABLE embeddings (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    document_id uuid NOT NULL CONSTRAINT embeddings_document_id_documents_id_fk
        REFERENCES documents ON DELETE CASCADE,
    chunk_index integer NOT NULL,
    content text NOT NULL,
    embedding vector({{embedding_dimensions}}) NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON embeddings
    FOR EACH ROW EXECUTE FUNCTION trigger_set_updated_at();
CREATE INDEX idx_embeddings_tenant ON embeddings (tenant_id);

CREATE TABLE memory_entities (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    entity_type text NOT NULL,
    attributes jsonb DEFAULT '{}',
    embedding vector({{embedding_dimensions}}),
    provenance jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    invalidated_at timestamptz,
    superseded_by uuid,
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);
CREATE INDEX idx_memory_entities_type ON memory_entities (entity_type);
CREATE INDEX idx_memory_entities_tenant ON memory_entities (tenant_id);

CREATE TABLE memory_relationships (
    id uuid PRIMARY KEY,
    source_id uuid NOT NULL CONSTRAINT memory_relationships_source_id_memory_entities_id_fk
        REFERENCES memory_entities ON DELETE CASCADE,
    target_id uuid NOT NULL CONSTRAINT memory_relationships_target_id_memory_entities_id_fk
        REFERENCES memory_entities ON DELETE CASCADE,
    relation_type text NOT NULL,
    weight real NOT NULL DEFAULT 1,
    attributes jsonb DEFAULT '{}',
    valid_from timestamptz NOT NULL,
    valid_until timestamptz,
    provenance jsonb NOT NULL,
    invalidated_by text,
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);
CREATE INDEX idx_memory_rels_source ON memory_relationships (source_id);
CREATE INDEX idx_memory_rels_target ON memory_relationships (target_id);
CREATE INDEX idx_memory_rels_type ON memory_relationships (relation_type);
CREATE INDEX idx_memory_rels_tenant ON memory_relationships (tenant_id);

CREATE TABLE memory_episodes (
    id uuid PRIMARY KEY,
    topic text NOT NULL,
    messages jsonb NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL,
    embedding vector({{embedding_dimensions}}),
    fact_ids jsonb DEFAULT '[]',
    provenance jsonb NOT NULL,
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);
CREATE INDEX idx_memory_episodes_started ON memory_episodes (started_at);
CREATE INDEX idx_memory_episodes_tenant ON memory_episodes (tenant_id);

CREATE TABLE memory_themes (
    id uuid PRIMARY KEY,
    label text NOT NULL,
    description text DEFAULT '',
    fact_ids jsonb DEFAULT '[]',
    embedding vector({{embedding_dimensions}}),
    provenance jsonb NOT NULL,
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);
CREATE INDEX idx_memory_themes_tenant ON memory_themes (tenant_id);

CREATE TABLE memory_facts (
    id uuid PRIMARY KEY,
    content text NOT NULL,
    source_episode_ids jsonb DEFAULT '[]',
    entity_ids jsonb DEFAULT '[]',
    theme_id uuid CONSTRAINT memory_facts_theme_id_memory_themes_id_fk
        REFERENCES memory_themes ON DELETE SET NULL,
    embedding vector({{embedding_dimensions}}),
    provenance jsonb NOT NULL,
    valid_from timestamptz NOT NULL,
    valid_until timestamptz,
    invalidated_by text,
    access_count integer DEFAULT 0,
    last_accessed_at timestamptz,
    tags jsonb NOT NULL DEFAULT '[]',
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);
CREATE INDEX idx_memory_facts_theme ON memory_facts (theme_id);
CREATE INDEX idx_memory_facts_valid ON memory_facts (valid_from, valid_until);
CREATE INDEX idx_memory_facts_tags ON memory_facts USING gin (tags);
CREATE INDEX idx_memory_facts_tenant ON memory_facts (tenant_id);

CREATE TABLE memory_entity_facts (
    fact_id uuid NOT NULL CONSTRAINT memory_entity_facts_fact_id_memory_facts_id_fk
        REFERENCES memory_facts ON DELETE CASCADE,
    entity_id uuid NOT NULL CONSTRAINT memory_entity_facts_entity_id_memory_entities_id_fk
        REFERENCES memory_entities ON DELETE CASCADE,
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE,
    CONSTRAINT memory_entity_facts_fact_id_entity_id_pk PRIMARY KEY (fact_id, entity_id)
);
CREATE INDEX idx_mef_entity ON memory_entity_facts (entity_id);
CREATE INDEX idx_mef_tenant ON memory_entity_facts (tenant_id);

CREATE TABLE run_outcomes (
    run_id text PRIMARY KEY,
    score double precision NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);
CREATE INDEX idx_run_outcomes_recorded_at ON run_outcomes (recorded_at);
CREATE INDEX idx_run_outcomes_tenant ON run_outcomes (tenant_id);

CREATE TABLE run_outcome_facts (
    run_id text NOT NULL CONSTRAINT run_outcome_facts_run_id_run_outcomes_run_id_fk
        REFERENCES run_outcomes ON DELETE CASCADE,
    fact_id text NOT NULL,
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE,
    CONSTRAINT run_outcome_facts_run_id_fact_id_pk PRIMARY KEY (run_id, fact_id)
);
CREATE INDEX idx_run_outcome_facts_fact ON run_outcome_facts (fact_id);
CREATE INDEX idx_run_outcome_facts_tenant ON run_outcome_facts (tenant_id);

CREATE TABLE gate_decisions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    fact_id text NOT NULL,
    decision text NOT NULL,
    reason text,
    evidence jsonb,
    trials integer,
    gated_at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001'
        REFERENCES tenants ON DELETE CASCADE
);
CREATE INDEX idx_gate_decisions_fact ON gate_decisions (fact_id);
CREATE INDEX idx_gate_decisions_gated_at ON gate_decisions (gated_at);
CREATE INDEX idx_gate_decisions_decision ON gate_decisions (decision);
CREATE INDEX idx_gate_decisions_tenant ON gate_decisions (tenant_id);

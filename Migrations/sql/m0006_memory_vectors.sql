-- Cosine HNSW indexes; above 2,000 dimensions, the limit for vector, they are built on halfvec.
SELECT set_config('search_path', current_setting('search_path') || ', ' || quote_ident(nspname), true)
FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'vector';

DO $$
DECLARE
    name text;
    key text := CASE WHEN {{embedding_dimensions}} > 2000
        THEN '(embedding::halfvec({{embedding_dimensions}})) halfvec_cosine_ops'
        ELSE 'embedding vector_cosine_ops' END;
BEGIN
    EXECUTE 'CREATE INDEX idx_embeddings_vector ON embeddings USING hnsw (' || key || ')';
    FOREACH name IN ARRAY '{memory_entities,memory_episodes,memory_themes,memory_facts}'::text[] LOOP
        EXECUTE format('CREATE INDEX %I ON %I USING hnsw (%s)', 'idx_' || name || '_embedding', name, key);
    END LOOP;
END
$$;

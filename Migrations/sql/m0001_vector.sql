-- The pgvector extension, wherever it is installed already, else in public.
CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public;

-- What the runtime adds to the memory half: the pass of a gate decision, and indexes in reading order.
ALTER TABLE gate_decisions ADD pass_id uuid;
CREATE INDEX idx_memory_facts_current ON memory_facts (tenant_id, valid_from DESC, id)
    WHERE invalidated_by IS NULL;
CREATE INDEX idx_memory_episodes_recent ON memory_episodes (tenant_id, started_at DESC, id);
CREATE INDEX idx_run_outcome_facts_lookup ON run_outcome_facts (tenant_id, fact_id) INCLUDE (run_id);
CREATE INDEX idx_gate_decisions_history ON gate_decisions (tenant_id, fact_id, gated_at, id);
CREATE INDEX idx_gate_decisions_recent ON gate_decisions (tenant_id, gated_at DESC, id DESC);

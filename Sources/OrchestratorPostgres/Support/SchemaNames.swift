/// The tables and functions that the adapters use, in the schema that they were migrated into.
struct SchemaNames: Sendable {
    let schema: String
    let graphs: QualifiedName
    let runs: QualifiedName
    let states: QualifiedName
    let events: QualifiedName
    let checkpoints: QualifiedName
    let jobs: QualifiedName
    let workers: QualifiedName
    let agents: QualifiedName
    let servers: QualifiedName
    let usage: QualifiedName
    let apiKeys: QualifiedName
    let tenants: QualifiedName
    let memoryEntities: QualifiedName
    let memoryRelationships: QualifiedName
    let memoryEpisodes: QualifiedName
    let memoryThemes: QualifiedName
    let memoryFacts: QualifiedName
    let memoryEntityFacts: QualifiedName
    let outcomes: QualifiedName
    let outcomeFacts: QualifiedName
    let decisions: QualifiedName
    /// Aborts the transaction with a SQLSTATE unless a condition is true.
    let require: QualifiedName

    init(_ schema: String) {
        self.schema = schema
        graphs = QualifiedName("graphs", in: schema)
        runs = QualifiedName("workflow_runs", in: schema)
        states = QualifiedName("workflow_states", in: schema)
        events = QualifiedName("workflow_events", in: schema)
        checkpoints = QualifiedName("workflow_checkpoints", in: schema)
        jobs = QualifiedName("workflow_jobs", in: schema)
        workers = QualifiedName("workers", in: schema)
        agents = QualifiedName("agents", in: schema)
        servers = QualifiedName("mcp_servers", in: schema)
        usage = QualifiedName("usage_records", in: schema)
        apiKeys = QualifiedName("api_keys", in: schema)
        tenants = QualifiedName("tenants", in: schema)
        memoryEntities = QualifiedName("memory_entities", in: schema)
        memoryRelationships = QualifiedName("memory_relationships", in: schema)
        memoryEpisodes = QualifiedName("memory_episodes", in: schema)
        memoryThemes = QualifiedName("memory_themes", in: schema)
        memoryFacts = QualifiedName("memory_facts", in: schema)
        memoryEntityFacts = QualifiedName("memory_entity_facts", in: schema)
        outcomes = QualifiedName("run_outcomes", in: schema)
        outcomeFacts = QualifiedName("run_outcome_facts", in: schema)
        decisions = QualifiedName("gate_decisions", in: schema)
        require = QualifiedName("orchestrator_require", in: schema)
    }
}

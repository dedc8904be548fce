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
        require = QualifiedName("orchestrator_require", in: schema)
    }
}

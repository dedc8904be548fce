/// What each table is for, in the order of the reference.
enum SchemaPurposes {
    /// A chapter of the reference.
    struct Chapter: Sendable {
        let title: String
        let tables: [(name: String, purpose: String)]
    }

    static let chapters = [
        Chapter(
            title: "Tenants and access",
            tables: [
                ("tenants", "Whose data there are. The seed tenant owns what names no tenant."),
                ("api_keys", "Keys of programs that call a service, by hash."),
            ]),
        Chapter(
            title: "Workflows",
            tables: [
                ("graphs", "The graphs that runs execute, as JSON."),
                ("workflows", "Names for graphs; kept for other programs."),
                ("workflow_runs", "One row a run: where it stands, who may write to it, where it came from."),
                ("workflow_states", "Snapshots of a run's state, numbered from 1."),
                ("workflow_events", "The log of a run: every action, in order, never changed."),
                ("workflow_checkpoints", "States that the log was compacted into."),
                ("workflow_jobs", "The queue: what is to be executed, when, and by whom it is."),
                ("workers", "One row a worker process, kept fresh by its heartbeat."),
                ("usage_records", "What runs have cost."),
            ]),
        Chapter(
            title: "Registries",
            tables: [
                ("agents", "Agents: model, prompt, tools and limits."),
                ("mcp_servers", "Servers of tools, and which agents may use them."),
            ]),
        Chapter(
            title: "Memory",
            tables: [
                ("documents", "Texts that were taken in."),
                ("embeddings", "Pieces of documents with their vectors."),
                ("memory_entities", "Things that facts are about."),
                ("memory_relationships", "What entities are to each other, and since when."),
                ("memory_episodes", "Conversations, and the facts that came of them."),
                ("memory_themes", "What facts are grouped by."),
                ("memory_facts", "What was learned, when it holds, and where it came from."),
                ("memory_entity_facts", "Which facts are about which entities."),
                ("run_outcomes", "How well a run went."),
                ("run_outcome_facts", "Which facts a run was given."),
                ("gate_decisions", "What was decided about a fact, and by which evidence."),
            ]),
        Chapter(
            title: "Migrations",
            tables: [
                ("orchestrator_migrations", "The ledger: which migrations ran, when, and from which text.")
            ]),
    ]
}

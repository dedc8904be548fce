#if CLI
import FoundationEssentials
import Orchestrator
import OrchestratorMigrations
import OrchestratorPostgres
import PostgresWire
import StoreContracts

/// The database in which the adapters are measured: a graph, an agent, a run for each client, and jobs.
struct AdapterWorld: Sendable {
    /// The most clients that a workload has.
    static let maximumClients = 8
    /// How the ids of runs begin; the number of the client follows.
    static let runPrefix = "cccccccc-0000-4000-8000-00000000000"
    static let graphID = UUID(uuid: (0xbe, 0x9c, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1))

    /// The way to the database.
    let configuration: PostgresConfiguration
    let client: PostgresClient
    let agentID: UUID

    /// The run of a client.
    static func runID(_ client: Int) -> UUID { UUID(text: runPrefix + String(client)) ?? graphID }

    /// Migrates the database and fills in what stays.
    static func make(_ configuration: PostgresConfiguration, _ console: Console) async throws -> AdapterWorld
    {
        let client = PostgresClient(PostgresClientConfiguration(configuration))
        do {
            _ = try await OrchestratorSchema(
                client, options: OrchestratorSchemaOptions(schema: "public", includesMemory: false)
            ).apply { $0.tell(console) }
            let graph = WorkflowGraph(
                id: graphID, name: "bench", nodes: [GraphNode(id: "start", type: .agent)], edges: [],
                startNode: "start", endNodes: ["start"])
            try await PostgresPersistenceProvider(client).saveGraph(graph)
            let agent = AgentDefinition(
                name: "bench", summary: "answers questions", model: "large", provider: "local",
                systemPrompt: String(repeating: "Answer briefly and name your sources. ", count: 12))
            let agentID = try await PostgresAgentRegistry(client).register(agent)
            return AdapterWorld(configuration: configuration, client: client, agentID: agentID)
        } catch {
            await client.shutdown()
            throw error
        }
    }

    /// Removes the rows that workloads leave, and puts runs and waiting jobs there.
    func reset(jobs: Int) async throws {
        _ = try await client.batch([
            """
            TRUNCATE workflow_jobs, workflow_events, workflow_checkpoints, workflow_states, workflow_runs, workers,
                usage_records CASCADE
            """,
            """
            INSERT INTO workflow_runs (id, graph_id, status, tenant_id)
            SELECT (\(Self.runPrefix) || client)::uuid, \(Self.graphID), 'running', \(TenantID.seed.uuid)
            FROM generate_series(0, \(Self.maximumClients - 1)) AS client
            """,
            """
            INSERT INTO workflow_jobs (id, type, run_id, graph_id, tenant_id, priority, max_attempts,
                visibility_timeout_ms, created_at)
            SELECT ('dddddddd-0000-4000-8000-' || lpad(to_hex(place), 12, '0'))::uuid, 'start',
                ('eeeeeeee-0000-4000-8000-' || lpad(to_hex(place), 12, '0'))::uuid, \(Self.graphID),
                \(TenantID.seed.uuid), 0, 3, 300000, now() + place * interval '1 microsecond' - interval '1 hour'
            FROM generate_series(1, \(jobs)) AS place
            """,
        ])
        try await client.execute("ANALYZE workflow_jobs, workflow_runs, workflow_events, workflow_states")
    }

    /// The server for the report.
    func server() async throws -> String {
        let (version, isSafe) = try await client.one(
            "SELECT current_setting('server_version'), current_setting('fsync') = 'on'",
            as: (String, Bool).self)
        return "PostgreSQL \(version.prefix { $0 != " " }), fsync \(isSafe ? "on" : "off")"
    }
}
#endif

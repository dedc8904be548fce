#if CLI
import AdapterConformance
import FoundationEssentials
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts

/// The PostgreSQL adapters on a migrated schema of their own, whose rows are removed before each promise.
struct PostgresSubject: ConformanceSubject {
    let name = "postgres"
    let capabilities = Set(Capability.allCases)
    private let client: PostgresClient
    private let schema: String
    private let storage: PostgresStorageOptions

    init(_ client: PostgresClient, schema: String) {
        self.client = client
        self.schema = schema
        storage = PostgresStorageOptions(schema: schema)
    }

    func withEmptyRows(_ body: @Sendable (AdapterSet) async throws -> Void) async throws {
        try await empty()
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "orchestrator-conformance-\(UUID().text)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let archive = ColdArchive(folder: folder)
        var adapters = AdapterSet()
        adapters.persistence = {
            PostgresPersistenceProvider(client, tenant: $0, claim: $1, storage: storage)
        }
        adapters.events = { (tenant, claim, retained) throws(StoreError) in
            try PostgresEventLogWriter(
                client, tenant: tenant, claim: claim, retainCheckpoints: retained, storage: storage)
        }
        adapters.runs = { PostgresRunStore(client, tenant: $0, storage: storage) }
        adapters.queue = { PostgresWorkflowQueue(client, options: $0, storage: storage) }
        adapters.agents = { PostgresAgentRegistry(client, tenant: $0, storage: storage) }
        adapters.servers = { tenant, policy in
            PostgresMCPServerRegistry(
                client, tenant: tenant, policy: { policy }, storage: storage)
        }
        adapters.usage = { PostgresUsageRecorder(client, tenant: $0, storage: storage) }
        adapters.retention = {
            PostgresRetentionService(client, archive: archive, options: $0, storage: storage)
        }
        adapters.directory = PostgresTenantDirectory(client, archive: archive, storage: storage)
        adapters.resolver = PostgresTenantResolver(client, storage: storage)
        adapters.tenants = [.sampleA, .sampleB]
        adapters.passTime = { try await age(by: $0) }
        try await body(adapters)
    }

    /// Removes every row but the tenants.
    private func empty() async throws {
        _ = try await client.batch([
            """
            TRUNCATE \(table("workflow_jobs")), \(table("workflow_events")), \(table("workflow_checkpoints")),
                \(table("workflow_states")), \(table("workflow_runs")), \(table("graphs")), \(table("workers")),
                \(table("agents")), \(table("mcp_servers")), \(table("usage_records")), \(table("api_keys"))
                CASCADE
            """,
            "DELETE FROM \(table("tenants")) WHERE id <> \(TenantID.seed.uuid)",
            """
            INSERT INTO \(table("tenants")) (id, slug, name)
            VALUES (\(TenantID.sampleA.uuid), 'sample-a', 'Sample A'), (\(TenantID.sampleB.uuid), 'sample-b', 'Sample B')
            ON CONFLICT DO NOTHING
            """,
        ])
    }

    /// Makes the instants that queue and retention compare with the database's clock older.
    private func age(by duration: Duration) async throws {
        let seconds = duration / .seconds(1)
        _ = try await client.batch([
            """
            UPDATE \(table("workflow_jobs")) SET visible_at = visible_at - make_interval(secs => \(seconds)),
                last_heartbeat_at = last_heartbeat_at - make_interval(secs => \(seconds))
            """,
            """
            UPDATE \(table("workflow_runs")) SET completed_at = completed_at - make_interval(secs => \(seconds)),
                archived_at = archived_at - make_interval(secs => \(seconds))
            """,
            """
            UPDATE \(table("workers")) SET started_at = started_at - make_interval(secs => \(seconds)),
                last_seen_at = last_seen_at - make_interval(secs => \(seconds))
            """,
        ])
    }

    private func table(_ name: String) -> PostgresQuery {
        "\(identifier: schema).\(identifier: name)"
    }
}
#endif

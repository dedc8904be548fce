import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

/// The adapters of one kind on one set of rows, so that a test runs on both twins.
struct Backend: Sendable {
    /// Which twin.
    enum Kind: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case memory
        case postgres

        var testDescription: String { rawValue }

        /// Runs a test with adapters on rows of their own.
        func run(_ test: (Backend) async throws -> Void) async throws {
            switch self {
            case .memory: try await test(Backend(InMemoryStore()))
            case .postgres:
                try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
                    try await test(Backend(database))
                }
            }
        }
    }

    let persistence: @Sendable (TenantID, RunClaim?) -> any PersistenceProvider
    let events: @Sendable (TenantID, RunClaim?, Int) throws -> any EventLogWriter
    let runs: @Sendable (TenantID) -> any RunStore
    let queue: @Sendable (QueueOptions) -> any WorkflowQueue
    let agents: @Sendable (TenantID) -> any AgentRegistry
    let servers: @Sendable (TenantID, MCPServerPolicy) -> any MCPServerRegistry
    let usage: @Sendable (TenantID) -> any UsageRecorder
    let tenants: any TenantDirectory
    let resolver: any TenantResolver
    let scope: @Sendable (TenantID, RunClaim?) throws -> TenantScope
    let retention: @Sendable (RetentionOptions) throws -> any RetentionService
    /// The rows; nil on a database.
    let memory: InMemoryStore?
    private let folder = TemporaryFolder()
    /// The database; nil in memory.
    let database: TestDatabase?

    init(_ store: InMemoryStore) {
        persistence = { InMemoryPersistenceProvider(store: store, tenant: $0, claim: $1) }
        events = { try InMemoryEventLogWriter(store: store, tenant: $0, claim: $1, retainCheckpoints: $2) }
        runs = { InMemoryRunStore(store: store, tenant: $0) }
        queue = { InMemoryWorkflowQueue(store: store, options: $0) }
        agents = { InMemoryAgentRegistry(store: store, tenant: $0) }
        servers = { tenant, policy in
            InMemoryMCPServerRegistry(store: store, tenant: tenant) { policy }
        }
        usage = { InMemoryUsageRecorder(store: store, tenant: $0) }
        tenants = InMemoryTenantDirectory(store: store)
        resolver = InMemoryTenantResolver(store: store)
        scope = { try InMemoryBackend(store: store).tenantScope($0, claim: $1) }
        retention = { InMemoryRetentionService(store: store, options: $0) }
        memory = store
        database = nil
    }

    init(_ database: TestDatabase, tenantPlane: PostgresClient? = nil) {
        let client = tenantPlane ?? database.client
        let platform = database.client
        persistence = { PostgresPersistenceProvider(client, tenant: $0, claim: $1) }
        events = { try PostgresEventLogWriter(client, tenant: $0, claim: $1, retainCheckpoints: $2) }
        runs = { PostgresRunStore(client, tenant: $0) }
        queue = { PostgresWorkflowQueue(platform, options: $0) }
        agents = { PostgresAgentRegistry(client, tenant: $0) }
        servers = { tenant, policy in PostgresMCPServerRegistry(client, tenant: tenant) { policy } }
        usage = { PostgresUsageRecorder(client, tenant: $0) }
        let archive = ColdArchive(folder: folder.path)
        retention = { PostgresRetentionService(platform, archive: archive, options: $0) }
        memory = nil
        tenants = PostgresTenantDirectory(platform, archive: archive)
        resolver = PostgresTenantResolver(platform)
        scope = { try PostgresBackend(platform, tenantClient: client).tenantScope($0, claim: $1) }
        self.database = database
    }

    /// The folder of the cold tier; it goes with this value.
    func archiveFolder() throws -> String { folder.path }

    /// The provider of the seed tenant, unfenced.
    var provider: any PersistenceProvider { persistence(.seed, nil) }

    /// The run store of the seed tenant.
    var store: any RunStore { runs(.seed) }

    /// The queue with the defaults.
    var jobs: any WorkflowQueue { queue(QueueOptions()) }

    /// The event log of the seed tenant, unfenced.
    func log() throws -> any EventLogWriter { try events(.seed, nil, 3) }

    /// Stores a graph and a run of it; returns the run's state.
    func run(status: WorkflowStatus = .pending, tenant: TenantID = .seed) async throws -> WorkflowState {
        let graph = Sample.graph()
        var state = WorkflowState(workflowID: graph.id, goal: "answer")
        state.status = status
        try await persistence(tenant, nil).saveGraph(graph)
        try await persistence(tenant, nil).saveWorkflowRun(state)
        return state
    }

    /// Stores a graph and enqueues a job of a run that has no row yet.
    func enqueue(_ change: (inout EnqueueRequest) -> Void = { _ in }) async throws -> EnqueueRequest {
        let graph = Sample.graph()
        try await provider.saveGraph(graph)
        var request = EnqueueRequest(runID: Sample.id(), graphID: graph.id)
        change(&request)
        _ = try await jobs.enqueue(request)
        return request
    }
}

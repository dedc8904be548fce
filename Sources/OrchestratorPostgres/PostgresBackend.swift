public import Orchestrator
public import PostgresWire
public import StoreContracts

/// Everything that a worker needs of PostgreSQL, on one pool.
///
///     let worker = WorkflowWorker(backend: PostgresBackend(client), handlers: handlers)
///
/// The pool's role must be one that row-level security does not bind, since the queue spans tenants. What
/// belongs to one tenant may go over a pool of its own, whose role row-level security does bind.
public struct PostgresBackend: WorkflowBackend {
    /// The queue of all tenants.
    public let queue: any WorkflowQueue
    let platform: PostgresClient
    let client: PostgresClient
    let storage: PostgresStorageOptions
    let archive: ColdArchive?

    /// Creates a backend; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool: two connections for each run that a worker executes at once are enough.
    ///   - tenantClient: The pool for what belongs to one tenant, as a member of `cycgraph_app`; nil: the
    ///   same.
    ///   - archive: The folder of the cold tier; nil if there is none.
    ///   - options: How the queue retries and claims.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, tenantClient: PostgresClient? = nil, archive: ColdArchive? = nil,
        options: QueueOptions = QueueOptions(), storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        queue = PostgresWorkflowQueue(client, options: options, storage: storage)
        platform = client
        self.client = tenantClient ?? client
        self.storage = storage
        self.archive = archive
    }

    /// Stores graphs, runs and states of a tenant; with a claim, its writes are fenced.
    public func persistence(tenant: TenantID, claim: RunClaim?) -> any PersistenceProvider {
        PostgresPersistenceProvider(client, tenant: tenant, claim: claim, storage: storage)
    }

    /// Makes the steps of a tenant's runs durable.
    public func runStore(tenant: TenantID) -> any RunStore {
        PostgresRunStore(client, tenant: tenant, storage: storage)
    }
}

public import Orchestrator
public import PostgresWire
public import StoreContracts

/// Everything that a worker needs of PostgreSQL, on one pool.
///
///     let worker = WorkflowWorker(backend: PostgresBackend(client), handlers: handlers)
///
/// The pool's role must be one that row-level security does not bind, since the queue spans tenants.
public struct PostgresBackend: WorkflowBackend {
    /// The queue of all tenants.
    public let queue: any WorkflowQueue
    private let client: PostgresClient
    private let storage: PostgresStorageOptions

    /// Creates a backend; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool: two connections for each run that a worker executes at once are enough.
    ///   - options: How the queue retries and claims.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, options: QueueOptions = QueueOptions(),
        storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        queue = PostgresWorkflowQueue(client, options: options, storage: storage)
        self.client = client
        self.storage = storage
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

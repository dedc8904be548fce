public import StoreContracts

/// Everything that a worker needs, in memory.
public struct InMemoryBackend: WorkflowBackend {
    /// The rows.
    public let store: InMemoryStore
    private let options: QueueOptions

    /// Creates a backend; without a store it gets an empty one of its own.
    public init(store: InMemoryStore = InMemoryStore(), options: QueueOptions = QueueOptions()) {
        self.store = store
        self.options = options
    }

    /// The queue of all tenants.
    public var queue: any WorkflowQueue { InMemoryWorkflowQueue(store: store, options: options) }

    /// Stores graphs, runs and states of a tenant.
    public func persistence(tenant: TenantID = .seed, claim: RunClaim? = nil) -> any PersistenceProvider {
        InMemoryPersistenceProvider(store: store, tenant: tenant, claim: claim)
    }

    /// Makes the steps of a tenant's runs durable.
    public func runStore(tenant: TenantID = .seed) -> any RunStore {
        InMemoryRunStore(store: store, tenant: tenant)
    }
}

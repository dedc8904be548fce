public import StoreContracts

/// Everything that a worker needs of a store, behind one name: `InMemoryBackend()`, or an adapter's.
public protocol WorkflowBackend: Sendable {
    /// The queue of all tenants.
    var queue: any WorkflowQueue { get }

    /// Stores graphs, runs and states of a tenant; with a claim, its writes are fenced.
    func persistence(tenant: TenantID, claim: RunClaim?) -> any PersistenceProvider

    /// Makes the steps of a tenant's runs durable.
    func runStore(tenant: TenantID) -> any RunStore
}

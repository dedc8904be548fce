public import StoreContracts

extension InMemoryBackend {
    /// Everything that belongs to one tenant.
    ///
    /// - Throws: `invalidArgument` if fewer than one checkpoint is to be kept.
    public func tenantScope(
        _ tenant: TenantID, claim: RunClaim? = nil, retainCheckpoints: Int = 3
    ) throws(StoreError) -> TenantScope {
        TenantScope(
            tenant: tenant, persistence: persistence(tenant: tenant, claim: claim),
            eventLog: try InMemoryEventLogWriter(
                store: store, tenant: tenant, claim: claim, retainCheckpoints: retainCheckpoints),
            runStore: runStore(tenant: tenant), usage: InMemoryUsageRecorder(store: store, tenant: tenant),
            agents: InMemoryAgentRegistry(store: store, tenant: tenant),
            mcpServers: InMemoryMCPServerRegistry(store: store, tenant: tenant))
    }

    /// Creates, lists and erases tenants.
    public var tenants: any TenantDirectory { InMemoryTenantDirectory(store: store) }

    /// Moves finished runs through the tiers.
    public func retention(_ options: RetentionOptions = RetentionOptions()) -> any RetentionService {
        InMemoryRetentionService(store: store, options: options)
    }

    /// Finds the tenants of API keys.
    public var resolver: any TenantResolver { InMemoryTenantResolver(store: store) }
}

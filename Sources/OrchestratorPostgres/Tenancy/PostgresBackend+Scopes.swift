public import Orchestrator
internal import PostgresWire
public import StoreContracts

extension PostgresBackend {
    /// Everything that belongs to one tenant; nothing is sent.
    ///
    /// - Throws: `invalidArgument` if fewer than one checkpoint is to be kept.
    public func tenantScope(
        _ tenant: TenantID, claim: RunClaim? = nil, retainCheckpoints: Int = 3
    ) throws(StoreError) -> TenantScope {
        TenantScope(
            tenant: tenant, persistence: persistence(tenant: tenant, claim: claim),
            eventLog: try PostgresEventLogWriter(
                client, tenant: tenant, claim: claim, retainCheckpoints: retainCheckpoints, storage: storage),
            runStore: runStore(tenant: tenant),
            usage: PostgresUsageRecorder(client, tenant: tenant, storage: storage),
            agents: PostgresAgentRegistry(client, tenant: tenant, storage: storage),
            mcpServers: PostgresMCPServerRegistry(client, tenant: tenant, storage: storage))
    }

    /// Creates, lists and erases tenants.
    public var tenants: any TenantDirectory {
        PostgresTenantDirectory(platform, archive: archive, storage: storage)
    }

    /// Moves finished runs through the tiers.
    public func retention(_ options: RetentionOptions = RetentionOptions()) -> any RetentionService {
        PostgresRetentionService(platform, archive: archive, options: options, storage: storage)
    }

    /// Finds the tenants of API keys.
    public var resolver: any TenantResolver { PostgresTenantResolver(platform, storage: storage) }
}

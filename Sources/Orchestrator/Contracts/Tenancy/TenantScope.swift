public import StoreContracts

/// Everything that belongs to one tenant, behind one name.
///
/// Making a scope sends nothing; every scope has adapters of its own.
public struct TenantScope: Sendable {
    /// The tenant.
    public let tenant: TenantID
    /// Stores its graphs, runs and states; with a claim, fenced.
    public let persistence: any PersistenceProvider
    /// Appends to the event logs of its runs; with a claim, fenced.
    public let eventLog: any EventLogWriter
    /// Makes the steps of its runs durable.
    public let runStore: any RunStore
    /// Records and sums what it used.
    public let usage: any UsageRecorder
    /// Stores its agents.
    public let agents: any AgentRegistry
    /// Stores its MCP servers.
    public let mcpServers: any MCPServerRegistry

    /// Creates a scope from its adapters.
    public init(
        tenant: TenantID, persistence: any PersistenceProvider, eventLog: any EventLogWriter,
        runStore: any RunStore, usage: any UsageRecorder, agents: any AgentRegistry,
        mcpServers: any MCPServerRegistry
    ) {
        self.tenant = tenant
        self.persistence = persistence
        self.eventLog = eventLog
        self.runStore = runStore
        self.usage = usage
        self.agents = agents
        self.mcpServers = mcpServers
    }
}

public import AgentMemory
public import Orchestrator
public import StoreContracts

/// The adapters under test, all on the same rows.
///
/// Leave out what you do not have: the promises of a missing contract are skipped, with that reason.
public struct AdapterSet: Sendable {
    /// Makes a provider for a tenant, fenced by the claim if there is one.
    public var persistence: (@Sendable (TenantID, RunClaim?) -> any PersistenceProvider)?
    /// Makes an event log for a tenant, fenced by the claim if there is one, which keeps so many checkpoints.
    public var events: (@Sendable (TenantID, RunClaim?, Int) throws(StoreError) -> any EventLogWriter)?
    /// Makes a run store for a tenant.
    public var runs: (@Sendable (TenantID) -> any RunStore)?
    /// Makes a queue.
    public var queue: (@Sendable (QueueOptions) -> any WorkflowQueue)?
    /// Makes a registry of agents for a tenant.
    public var agents: (@Sendable (TenantID) -> any AgentRegistry)?
    /// Makes a registry of MCP servers for a tenant, under a policy.
    public var servers: (@Sendable (TenantID, MCPServerPolicy) -> any MCPServerRegistry)?
    /// Makes a usage recorder for a tenant.
    public var usage: (@Sendable (TenantID) -> any UsageRecorder)?
    /// Makes a retention service over all tenants, with a cold tier that is empty when a check begins.
    public var retention: (@Sendable (RetentionOptions) -> any RetentionService)?
    /// Makes the memory of a tenant.
    public var memory: (@Sendable (TenantID) -> any MemoryStore)?
    /// Makes the index of a tenant's memory.
    public var index: (@Sendable (TenantID) -> any MemoryIndex)?
    /// Makes the ledger of a tenant, on the rows of its memory.
    public var ledger: (@Sendable (TenantID) -> any OutcomeLedger)?
    /// How many dimensions the vectors of the memory have.
    public var dimensions = 8
    /// The directory of tenants.
    public var directory: (any TenantDirectory)?
    /// Finds the tenants of API keys.
    public var resolver: (any TenantResolver)?
    /// Two tenants besides the seed tenant that rows may belong to; needed for `Capability.tenants`.
    public var tenants: [TenantID] = []
    /// Makes leases, delays, deadlines and the ages of runs older by a duration; needed for `Capability.passingTime`.
    public var passTime: (@Sendable (Duration) async throws -> Void)?

    /// Creates a set without adapters.
    public init() {}
}

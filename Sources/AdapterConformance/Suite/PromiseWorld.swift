import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

/// What a check works with: the adapters on empty rows, and values to store.
struct PromiseWorld: Sendable {
    let adapters: AdapterSet
    let contract: Contract

    /// The provider of a tenant.
    func persistence(_ tenant: TenantID = .seed, _ claim: RunClaim? = nil) throws -> any PersistenceProvider {
        guard let make = adapters.persistence else { throw MissingAdapter(contract: .persistenceProvider) }
        return make(tenant, claim)
    }

    /// The event log of a tenant.
    func log(
        _ tenant: TenantID = .seed, _ claim: RunClaim? = nil, retaining count: Int = 3
    ) throws -> any EventLogWriter {
        guard let make = adapters.events else { throw MissingAdapter(contract: .eventLogWriter) }
        return try make(tenant, claim, count)
    }

    /// The run store of a tenant.
    func runs(_ tenant: TenantID = .seed) throws -> any RunStore {
        guard let make = adapters.runs else { throw MissingAdapter(contract: .runStore) }
        return make(tenant)
    }

    /// The queue.
    func queue(_ options: QueueOptions = QueueOptions()) throws -> any WorkflowQueue {
        guard let make = adapters.queue else { throw MissingAdapter(contract: .workflowQueue) }
        return make(options)
    }

    /// The registry of agents of a tenant.
    func agents(_ tenant: TenantID = .seed) throws -> any AgentRegistry {
        guard let make = adapters.agents else { throw MissingAdapter(contract: .agentRegistry) }
        return make(tenant)
    }

    /// The registry of MCP servers of a tenant.
    func servers(
        _ tenant: TenantID = .seed, _ policy: MCPServerPolicy = MCPServerPolicy()
    ) throws -> any MCPServerRegistry {
        guard let make = adapters.servers else { throw MissingAdapter(contract: .mcpServerRegistry) }
        return make(tenant, policy)
    }

    /// The usage recorder of a tenant.
    func usage(_ tenant: TenantID = .seed) throws -> any UsageRecorder {
        guard let make = adapters.usage else { throw MissingAdapter(contract: .usageRecorder) }
        return make(tenant)
    }

    /// The retention service.
    func retention(_ options: RetentionOptions = RetentionOptions()) throws -> any RetentionService {
        guard let make = adapters.retention else { throw MissingAdapter(contract: .retentionService) }
        return make(options)
    }

    /// The directory of tenants.
    func directory() throws -> any TenantDirectory {
        guard let directory = adapters.directory else { throw MissingAdapter(contract: .tenancy) }
        return directory
    }

    /// What finds the tenants of API keys.
    func resolver() throws -> any TenantResolver {
        guard let resolver = adapters.resolver else { throw MissingAdapter(contract: .tenancy) }
        return resolver
    }

    /// A queue that retries at once.
    func eagerQueue() throws -> any WorkflowQueue {
        try queue(QueueOptions(retryBackoff: RetryBackoff(base: .zero, limit: .seconds(300))))
    }

    /// Two tenants.
    func tenants() throws -> (TenantID, TenantID) {
        guard adapters.tenants.count >= 2 else { throw MissingAdapter(contract: .tenancy) }
        return (adapters.tenants[0], adapters.tenants[1])
    }

    /// Lets time pass for leases, delays and deadlines.
    func pass(_ duration: Duration) async throws {
        guard let passTime = adapters.passTime else {
            throw BrokenPromise("the subject claims passingTime and has no passTime")
        }
        try await passTime(duration)
    }
}

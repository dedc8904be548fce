public import FoundationEssentials
public import StoreContracts

/// Stores agents in memory, with the semantics of the PostgreSQL registry.
public struct InMemoryAgentRegistry: AgentRegistry {
    /// The rows, shared with the other in-memory adapters.
    public let store: InMemoryStore
    private let tenant: TenantID

    /// Creates a registry on a store; one without a store gets an empty one of its own.
    public init(store: InMemoryStore = InMemoryStore(), tenant: TenantID = .seed) {
        self.store = store
        self.tenant = tenant
    }

    /// Stores a new agent; returns its id.
    public func register(_ definition: AgentDefinition) async throws(StoreError) -> UUID {
        try definition.validate()
        return try store.write { (tables, now) throws(StoreError) in
            try tables.registerAgent(definition.stored, tenant: tenant, now: now)
        }
    }

    /// The agent; nil if there is none or it is not this tenant's.
    public func loadAgent(id: UUID) async throws(StoreError) -> AgentRecord? {
        store.read { tables, _ in tables.agent(id, tenant: tenant) }
    }

    /// Changes the named fields, and `updated_at`; false if there is no such agent.
    @discardableResult
    public func updateAgent(id: UUID, _ changes: AgentChanges) async throws(StoreError) -> Bool {
        try changes.validate()
        return try store.write { (tables, now) throws(StoreError) in
            try tables.updateAgent(id, changes, tenant: tenant, now: now)
        }
    }

    /// Agents, newest first, then by id descending.
    public func listAgents(_ page: Page) async throws(StoreError) -> [AgentRecord] {
        let all = store.read { tables, _ in tables.agents.values.filter { $0.tenantID == tenant } }
        return page.select(from: all, by: \.cursor)
    }

    /// Deletes an agent; false if there is none.
    public func deleteAgent(id: UUID) async throws(StoreError) -> Bool {
        store.write { tables, _ in
            guard tables.agent(id, tenant: tenant) != nil else { return false }
            tables.agents[id] = nil
            return true
        }
    }
}

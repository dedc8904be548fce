public import FoundationEssentials
public import Orchestrator
public import PostgresWire
public import StoreContracts

/// Stores agents in PostgreSQL.
///
/// Every call is one transaction and one network round trip. U+0000 in a text, which PostgreSQL cannot hold,
/// is stored as U+FFFD.
public struct PostgresAgentRegistry: AgentRegistry {
    let plane: TenantPlane

    /// Creates a registry; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool. Its role may be the owner of the tables, or a member of `cycgraph_app`.
    ///   - tenant: Whose agents it reads and writes.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, tenant: TenantID = .seed,
        storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        plane = TenantPlane(client, tenant: tenant, storage: storage)
    }

    /// Stores a new agent; returns its id.
    ///
    /// Locks nothing but what the new row needs.
    ///
    /// - Throws: `alreadyExists`, `invalidArgument`, `missingRecord` for an unknown tenant.
    public func register(_ definition: AgentDefinition) async throws(StoreError) -> UUID {
        try definition.validate()
        let stored = definition.stored
        let id = UUID()
        _ = try await write(AgentSQL.insert(stored, id: id, plane), name: stored.name)
        return id
    }

    /// The agent; nil if there is none or it is not this tenant's.
    ///
    /// - Throws: `corruptRecord`.
    public func loadAgent(id: UUID) async throws(StoreError) -> AgentRecord? {
        try AgentRecord.read(try await plane.read(AgentSQL.load(id, plane))).first
    }

    /// Changes the named fields, and `updated_at`; false if there is no such agent.
    ///
    /// Locks: the agent's row.
    ///
    /// - Throws: `alreadyExists`, `invalidArgument`.
    @discardableResult
    public func updateAgent(id: UUID, _ changes: AgentChanges) async throws(StoreError) -> Bool {
        try changes.validate()
        return try await !write(AgentSQL.update(id, changes, plane), name: changes.name ?? "").isEmpty
    }

    /// Agents, newest first, then by id descending.
    ///
    /// - Throws: `corruptRecord`.
    public func listAgents(_ page: Page) async throws(StoreError) -> [AgentRecord] {
        try AgentRecord.read(try await plane.read(AgentSQL.list(page, plane)))
    }

    /// Deletes an agent; false if there is none.
    ///
    /// Locks: the agent's row.
    public func deleteAgent(id: UUID) async throws(StoreError) -> Bool {
        try await !plane.write([AgentSQL.delete(id, plane)])[0].isEmpty
    }

    private func write(_ query: PostgresQuery, name: String) async throws(StoreError) -> PostgresRows {
        do {
            return try await plane.run([query])[0]
        } catch {
            guard error.sqlState == SQLState.uniqueViolation,
                error.server?.constraintName == "uq_agents_tenant_name"
            else { throw plane.mapped(error) }
            throw StoreError(
                .alreadyExists(table: "agents", key: name.withoutZero), effect: .rolledBack,
                cause: error.description)
        }
    }
}

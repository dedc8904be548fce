public import FoundationEssentials
public import StoreContracts

/// Stores the agents of a tenant.
///
/// A registry is made for one tenant (the seed tenant if none is named); agents of others are invisible.
/// Names are unique in a tenant. Whatever goes in comes back; a temperature as the shortest decimal of its
/// four bytes.
///
/// On PostgreSQL every call is one transaction and one network round trip; no call locks more than the row it
/// writes.
public protocol AgentRegistry: Sendable {
    /// Stores a new agent; returns its id.
    ///
    /// After an error with effect `unknown` look for the name: a second call may find it taken by the first.
    ///
    /// - Throws: `alreadyExists` (table `agents`) if the tenant has an agent of this name; `invalidArgument`.
    func register(_ definition: AgentDefinition) async throws(StoreError) -> UUID

    /// The agent; nil if there is none or it is not this tenant's.
    ///
    /// - Throws: `corruptRecord` if the row was written by something else and cannot be read.
    func loadAgent(id: UUID) async throws(StoreError) -> AgentRecord?

    /// Changes the named fields, and `updated_at`; false if there is no such agent.
    ///
    /// - Throws: `alreadyExists` for a name that is taken; `invalidArgument`.
    @discardableResult
    func updateAgent(id: UUID, _ changes: AgentChanges) async throws(StoreError) -> Bool

    /// Agents, newest first, then by id descending.
    ///
    /// - Throws: `corruptRecord`.
    func listAgents(_ page: Page) async throws(StoreError) -> [AgentRecord]

    /// Deletes an agent; false if there is none.
    func deleteAgent(id: UUID) async throws(StoreError) -> Bool
}

extension AgentRegistry {
    /// The 100 newest agents.
    public func listAgents() async throws(StoreError) -> [AgentRecord] {
        try await listAgents(.first)
    }

    /// The agent that a text names; nil, without asking the store, for a text that is no UUID.
    public func loadAgent(id: String) async throws(StoreError) -> AgentRecord? {
        guard let id = UUID(text: id) else { return nil }
        return try await loadAgent(id: id)
    }

    /// Changes the agent that a text names; false, without asking the store, for a text that is no UUID.
    @discardableResult
    public func updateAgent(id: String, _ changes: AgentChanges) async throws(StoreError) -> Bool {
        guard let id = UUID(text: id) else { return false }
        return try await updateAgent(id: id, changes)
    }

    /// Deletes the agent that a text names; false, without asking the store, for a text that is no UUID.
    public func deleteAgent(id: String) async throws(StoreError) -> Bool {
        guard let id = UUID(text: id) else { return false }
        return try await deleteAgent(id: id)
    }
}

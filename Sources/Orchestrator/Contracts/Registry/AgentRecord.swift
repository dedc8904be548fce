public import FoundationEssentials
public import StoreContracts

/// The row of an agent.
public struct AgentRecord: Hashable, Sendable {
    /// The agent.
    public var id: UUID
    /// Everything that was registered.
    public var definition: AgentDefinition
    /// When the agent was registered.
    public var createdAt: Date
    /// When the agent was last changed.
    public var updatedAt: Date
    /// The tenant that owns the agent.
    public var tenantID: TenantID

    /// Creates the record of an agent.
    public init(
        id: UUID, definition: AgentDefinition, createdAt: Date, updatedAt: Date, tenantID: TenantID = .seed
    ) {
        self.id = id
        self.definition = definition
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.tenantID = tenantID
    }

    /// The place of this row in `listAgents(_:)`.
    public var cursor: PageCursor { PageCursor(instant: createdAt, id: id) }
}

import FoundationEssentials
import StoreContracts

extension StoreTables {
    func agent(_ id: UUID, tenant: TenantID) -> AgentRecord? {
        guard let agent = agents[id], agent.tenantID == tenant else { return nil }
        return agent
    }

    mutating func registerAgent(
        _ definition: AgentDefinition, tenant: TenantID, now: Date
    ) throws(StoreError) -> UUID {
        try assertFree(agentName: definition.name, tenant: tenant, for: nil)
        try assertTenant(tenant)
        let id = UUID()
        let instant = stamp(now)
        agents[id] = AgentRecord(
            id: id, definition: definition, createdAt: instant, updatedAt: instant, tenantID: tenant)
        return id
    }

    mutating func updateAgent(
        _ id: UUID, _ changes: AgentChanges, tenant: TenantID, now: Date
    ) throws(StoreError) -> Bool {
        guard var agent = agent(id, tenant: tenant) else { return false }
        agent.definition = changes.applied(to: agent.definition).stored
        try assertFree(agentName: agent.definition.name, tenant: tenant, for: id)
        agent.updatedAt = stamp(now)
        agents[id] = agent
        return true
    }

    private func assertFree(agentName name: String, tenant: TenantID, for id: UUID?) throws(StoreError) {
        let isTaken = agents.values.contains {
            $0.tenantID == tenant && $0.id != id && $0.definition.name.utf8.elementsEqual(name.utf8)
        }
        if isTaken { throw StoreError(.alreadyExists(table: "agents", key: name)) }
    }
}

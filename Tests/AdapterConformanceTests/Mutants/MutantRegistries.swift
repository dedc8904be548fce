import FoundationEssentials
import Orchestrator
import StoreContracts

/// A registry of agents with one planted bug.
struct MutantAgents: AgentRegistry {
    enum Bug: String, CaseIterable, Sendable {
        case nullPermissionsBecomeNone, listsOldestFirst, pretendsToDelete, forgetsTheBudget
    }

    let bug: Bug
    let inner: any AgentRegistry

    func register(_ definition: AgentDefinition) async throws(StoreError) -> UUID {
        var definition = definition
        switch bug {
        case .nullPermissionsBecomeNone:
            definition.permissions = definition.permissions ?? AgentPermissions()
        case .forgetsTheBudget: definition.permissions?.budgetUSD = nil
        case .listsOldestFirst, .pretendsToDelete: break
        }
        return try await inner.register(definition)
    }

    func loadAgent(id: UUID) async throws(StoreError) -> AgentRecord? { try await inner.loadAgent(id: id) }

    func updateAgent(id: UUID, _ changes: AgentChanges) async throws(StoreError) -> Bool {
        try await inner.updateAgent(id: id, changes)
    }

    func listAgents(_ page: Page) async throws(StoreError) -> [AgentRecord] {
        let agents = try await inner.listAgents(page)
        return bug == .listsOldestFirst ? agents.reversed() : agents
    }

    func deleteAgent(id: UUID) async throws(StoreError) -> Bool {
        bug == .pretendsToDelete ? true : try await inner.deleteAgent(id: id)
    }
}

/// A registry of MCP servers with one planted bug.
struct MutantServers: MCPServerRegistry {
    enum Bug: String, CaseIterable, Sendable {
        case withoutGuard, hidesWhatIsNotAdmitted, listsBackwards
    }

    let bug: Bug
    let inner: any MCPServerRegistry

    func saveServer(_ server: MCPServer) async throws(StoreError) { try await inner.saveServer(server) }

    func loadServer(id: String) async throws(StoreError) -> MCPServer? {
        do {
            return try await inner.loadServer(id: id)
        } catch {
            guard bug == .hidesWhatIsNotAdmitted else { throw error }
            return nil
        }
    }

    func listServers() async throws(StoreError) -> [MCPServer] {
        let servers = try await inner.listServers()
        return bug == .listsBackwards ? servers.reversed() : servers
    }

    func deleteServer(id: String) async throws(StoreError) -> Bool { try await inner.deleteServer(id: id) }
}

/// A usage recorder with one planted bug.
struct MutantUsage: UsageRecorder {
    enum Bug: String, CaseIterable, Sendable {
        case billsTwice, windowsLoseTheirBeginning, filtersAreIgnored, limitIsIgnored
    }

    let bug: Bug
    let inner: any UsageRecorder

    func record(_ records: [UsageRecord]) async throws(StoreError) -> Int {
        guard bug == .billsTwice else { return try await inner.record(records) }
        return try await inner.record(
            records.map { record in
                var record = record
                record.id = UUID()
                return record
            })
    }

    private func changed(_ filter: UsageFilter) -> UsageFilter {
        var filter = filter
        switch bug {
        case .windowsLoseTheirBeginning: filter.since = filter.since?.addingTimeInterval(0.000_001)
        case .filtersAreIgnored: filter = UsageFilter()
        case .billsTwice, .limitIsIgnored: break
        }
        return filter
    }

    func totals(_ filter: UsageFilter) async throws(StoreError) -> UsageTotals {
        try await inner.totals(changed(filter))
    }

    func totals(
        by grouping: UsageGrouping, _ filter: UsageFilter, limit: Int
    ) async throws(StoreError) -> [UsageGroup] {
        try await inner.totals(
            by: grouping, changed(filter), limit: bug == .limitIsIgnored ? 1000 : limit)
    }

    func listUsage(_ page: Page, filter: UsageFilter) async throws(StoreError) -> [UsageRecord] {
        try await inner.listUsage(page, filter: changed(filter))
    }
}

/// A directory of tenants, and what finds tenants by keys, with one planted bug.
struct MutantTenants: TenantDirectory, TenantResolver {
    enum Bug: String, CaseIterable, Sendable {
        case erasesNothing, statusIsIgnored, revokesNothing, keysNeverExpire
    }

    let bug: Bug
    let directory: any TenantDirectory
    let resolver: any TenantResolver

    func createTenant(
        _ id: TenantID, slug: String, name: String
    ) async throws(StoreError) -> TenantRecord {
        try await directory.createTenant(id, slug: slug, name: name)
    }

    func loadTenant(_ id: TenantID) async throws(StoreError) -> TenantRecord? {
        try await directory.loadTenant(id)
    }

    func listTenants(_ page: Page) async throws(StoreError) -> [TenantRecord] {
        try await directory.listTenants(page)
    }

    func setTenantStatus(_ id: TenantID, _ status: TenantStatus) async throws(StoreError) -> Bool {
        bug == .statusIsIgnored ? true : try await directory.setTenantStatus(id, status)
    }

    func eraseTenant(_ id: TenantID) async throws(StoreError) -> Bool {
        bug == .erasesNothing ? true : try await directory.eraseTenant(id)
    }

    func resolve(_ key: APIKey) async throws(StoreError) -> TenantID? { try await resolver.resolve(key) }

    func register(
        _ key: APIKey, tenant: TenantID, options: APIKeyOptions
    ) async throws(StoreError) -> UUID {
        var options = options
        if bug == .keysNeverExpire { options.expiresAt = nil }
        return try await resolver.register(key, tenant: tenant, options: options)
    }

    func revoke(_ key: APIKey) async throws(StoreError) -> Bool {
        bug == .revokesNothing ? true : try await resolver.revoke(key)
    }

    func revoke(id: UUID) async throws(StoreError) -> Bool { try await resolver.revoke(id: id) }

    func listKeys(tenant: TenantID) async throws(StoreError) -> [APIKeyRecord] {
        try await resolver.listKeys(tenant: tenant)
    }
}

import JSONModel
public import StoreContracts

/// Stores MCP servers in memory, with the semantics of the PostgreSQL registry.
public struct InMemoryMCPServerRegistry: MCPServerRegistry {
    /// The rows, shared with the other in-memory adapters.
    public let store: InMemoryStore
    private let tenant: TenantID
    private let policy: @Sendable () -> MCPServerPolicy

    /// Creates a registry on a store; one without a store gets an empty one of its own.
    ///
    /// - Parameters:
    ///   - store: The rows.
    ///   - tenant: Whose servers it reads and writes.
    ///   - policy: What is admitted; asked at every read and write.
    public init(
        store: InMemoryStore = InMemoryStore(), tenant: TenantID = .seed,
        policy: @escaping @Sendable () -> MCPServerPolicy = MCPServerPolicy.current
    ) {
        self.store = store
        self.tenant = tenant
        self.policy = policy
    }

    /// Stores a server, in place of this tenant's server with its id if there is one.
    public func saveServer(_ server: MCPServer) async throws(StoreError) {
        try server.validate(under: policy())
        try store.write { (tables, _) throws(StoreError) in
            if let old = tables.servers[server.id], old.tenantID != tenant {
                throw StoreError(.tenantConflict(table: "mcp_servers", id: server.id))
            }
            try tables.assertTenant(tenant)
            tables.servers[server.id] = StoreTables.MCPServerRow(
                server: server.json.throughText, tenantID: tenant)
        }
    }

    /// The server; nil if there is none or it is not this tenant's.
    public func loadServer(id: String) async throws(StoreError) -> MCPServer? {
        let row = store.read { tables, _ in tables.servers[id] }
        guard let row, row.tenantID == tenant else { return nil }
        return try MCPServer(stored: row.server, under: policy())
    }

    /// All servers of the tenant, by id.
    public func listServers() async throws(StoreError) -> [MCPServer] {
        let rows = store.read { tables, _ in tables.servers.filter { $0.value.tenantID == tenant } }
        var servers: [MCPServer] = []
        for (_, row) in rows.sorted(by: { $0.key < $1.key }) {
            servers.append(try MCPServer(stored: row.server, under: policy()))
        }
        return servers
    }

    /// Deletes a server, also one that could not be loaded; false if there is none.
    public func deleteServer(id: String) async throws(StoreError) -> Bool {
        store.write { tables, _ in
            guard tables.servers[id]?.tenantID == tenant else { return false }
            tables.servers[id] = nil
            return true
        }
    }

    /// Stores a row as something else might, without any check.
    package func smuggle(_ json: JSONValue, id: String) {
        store.write { tables, _ in
            tables.servers[id] = StoreTables.MCPServerRow(server: json, tenantID: tenant)
        }
    }
}

internal import JSONModel
public import Orchestrator
public import PostgresWire
public import StoreContracts

/// Stores MCP servers in PostgreSQL.
///
/// Every call is one transaction and one network round trip.
public struct PostgresMCPServerRegistry: MCPServerRegistry {
    let plane: TenantPlane
    private let policy: @Sendable () -> MCPServerPolicy

    /// Creates a registry; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool. Its role may be the owner of the tables, or a member of `cycgraph_app`.
    ///   - tenant: Whose servers it reads and writes.
    ///   - policy: What is admitted; asked at every read and write.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, tenant: TenantID = .seed,
        policy: @escaping @Sendable () -> MCPServerPolicy = MCPServerPolicy.current,
        storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        plane = TenantPlane(client, tenant: tenant, storage: storage)
        self.policy = policy
    }

    /// Stores a server, in place of this tenant's server with its id if there is one.
    ///
    /// Locks: the server's row.
    ///
    /// - Throws: `invalidArgument` before anything is sent; `tenantConflict`.
    public func saveServer(_ server: MCPServer) async throws(StoreError) {
        try server.validate(under: policy())
        let conflict = StoreError(.tenantConflict(table: "mcp_servers", id: server.id))
        let rows: PostgresRows
        do {
            rows = try await plane.run([MCPServerSQL.save(server, plane)])[0]
        } catch {
            // Row-level security refuses to replace a row that it hides.
            throw error.sqlState == SQLState.insufficientPrivilege ? conflict : plane.mapped(error)
        }
        if rows.isEmpty { throw conflict }
    }

    /// The server; nil if there is none or it is not this tenant's.
    ///
    /// - Throws: `corruptRecord` for a row that would not be admitted now.
    public func loadServer(id: String) async throws(StoreError) -> MCPServer? {
        guard ToolSource.isIdentifier(id) else { return nil }
        return try await read(MCPServerSQL.load(id: id, plane)).first
    }

    /// All servers of the tenant, by id.
    ///
    /// - Throws: `corruptRecord` with the id of the first row that would not be admitted now.
    public func listServers() async throws(StoreError) -> [MCPServer] {
        try await read(MCPServerSQL.load(id: nil, plane))
    }

    /// Deletes a server, also one that could not be loaded; false if there is none.
    ///
    /// Locks: the server's row.
    public func deleteServer(id: String) async throws(StoreError) -> Bool {
        guard !id.utf8.contains(0) else { return false }
        return try await !plane.write([MCPServerSQL.delete(id, plane)])[0].isEmpty
    }

    private func read(_ query: PostgresQuery) async throws(StoreError) -> [MCPServer] {
        let rows: [JSONValue] = try await plane.read(query).stored(JSONValue.self, in: "mcp_servers")
        let policy = policy()
        var servers: [MCPServer] = []
        for json in rows { servers.append(try MCPServer(stored: json, under: policy)) }
        return servers
    }
}

public import StoreContracts

/// Stores the MCP servers of a tenant.
///
/// Rows decide which processes are started and which hosts are contacted, so a server is validated whenever
/// it is written and again whenever it is read, whoever wrote the row. Environments and headers are stored in
/// clear.
///
/// On PostgreSQL every call is one transaction and one network round trip; no call locks more than the row it
/// writes.
public protocol MCPServerRegistry: Sendable {
    /// Stores a server, in place of this tenant's server with its id if there is one.
    ///
    /// - Throws: `invalidArgument` before anything is sent; `tenantConflict` if the id is another tenant's.
    func saveServer(_ server: MCPServer) async throws(StoreError)

    /// The server; nil if there is none or it is not this tenant's.
    ///
    /// - Throws: `corruptRecord` for a row that would not be admitted now.
    func loadServer(id: String) async throws(StoreError) -> MCPServer?

    /// All servers of the tenant, by id.
    ///
    /// - Throws: `corruptRecord` with the id of the first row that would not be admitted now.
    func listServers() async throws(StoreError) -> [MCPServer]

    /// Deletes a server, also one that could not be loaded; false if there is none.
    func deleteServer(id: String) async throws(StoreError) -> Bool
}

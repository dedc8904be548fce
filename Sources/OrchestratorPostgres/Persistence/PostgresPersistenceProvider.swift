public import FoundationEssentials
internal import JSONModel
public import Orchestrator
public import PostgresWire
public import StoreContracts

/// Stores graphs, runs and versions of their states in PostgreSQL.
///
/// Every call is one transaction and one network round trip; a refused write costs more, to find out why. No call
/// waits for longer than other writes about the same run take.
public struct PostgresPersistenceProvider: PersistenceProvider {
    let plane: TenantPlane
    let claim: RunClaim?

    /// Creates a provider; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool. Its role may be the owner of the tables, or a member of `cycgraph_app`.
    ///   - tenant: Whose rows it reads and writes.
    ///   - claim: The fence of every write about a run.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, tenant: TenantID = .seed, claim: RunClaim? = nil,
        storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        plane = TenantPlane(client, tenant: tenant, storage: storage)
        self.claim = claim
    }

    /// Stores the whole graph; an existing one keeps its `created_at` and `version`.
    ///
    /// Locks the graph's row.
    ///
    /// - Throws: `tenantConflict`.
    public func saveGraph(_ graph: WorkflowGraph) async throws(StoreError) {
        let conflict = StoreError(.tenantConflict(table: "graphs", id: graph.id.text))
        let rows: PostgresRows
        do {
            rows = try await plane.run([GraphSQL.save(graph, plane)])[0]
        } catch {
            // Row-level security refuses to replace a row that it hides.
            throw error.sqlState == SQLState.insufficientPrivilege ? conflict : plane.mapped(error)
        }
        if rows.isEmpty { throw conflict }
    }

    /// The graph; nil if it is not stored or not this tenant's.
    ///
    /// - Throws: `corruptRecord`.
    public func loadGraph(id: UUID) async throws(StoreError) -> WorkflowGraph? {
        let rows = try await plane.read(GraphSQL.load(id, plane))
        guard let definition = try rows.firstCell(JSONValue.self, in: "graphs") else { return nil }
        do {
            return try WorkflowGraph(json: definition, id: id)
        } catch {
            throw StoreError(.corruptRecord(table: "graphs", id: id.text), cause: error.description)
        }
    }

    /// Graphs, last updated first, then by id descending.
    public func listGraphs(_ page: Page) async throws(StoreError) -> [GraphRecord] {
        let rows = try await plane.read(GraphSQL.list(page, plane)).stored(
            (UUID, String, String?, JSONValue, String?, Date, Date, UUID).self, in: "graphs")
        return rows.map { row in
            GraphRecord(
                id: row.0, name: row.1, graphDescription: row.2, definition: row.3, version: row.4,
                createdAt: row.5, updatedAt: row.6, tenantID: TenantID(row.7))
        }
    }

    /// Deletes a graph; false if there is none.
    ///
    /// Locks its row.
    ///
    /// - Throws: `graphInUse` while runs refer to it.
    public func deleteGraph(id: UUID) async throws(StoreError) -> Bool {
        do {
            return try await !plane.run([GraphSQL.delete(id, plane)])[0].isEmpty
        } catch {
            switch error.sqlState {
            case SQLState.foreignKeyViolation, SQLState.restrictViolation:
                throw StoreError(.graphInUse(graphID: id), cause: error.description)
            default: throw plane.mapped(error)
            }
        }
    }
}

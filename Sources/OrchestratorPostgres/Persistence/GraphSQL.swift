internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements about graphs.
enum GraphSQL {
    /// Inserts or replaces a graph; no row comes back if the id is another tenant's.
    ///
    /// Locks the graph's row.
    static func save(_ graph: WorkflowGraph, _ plane: TenantPlane) -> PostgresQuery {
        """
        INSERT INTO \(plane.names.graphs) AS g (id, name, description, definition, tenant_id)
        VALUES (\(graph.id), \(graph.name), \(graph.summary), \(graph.json.storable), \(plane.tenant.uuid))
        ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, description = EXCLUDED.description,
            definition = EXCLUDED.definition
        WHERE g.tenant_id = EXCLUDED.tenant_id
        RETURNING g.id
        """
    }

    /// Reads the definition of a graph.
    static func load(_ id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT definition FROM \(plane.names.graphs) WHERE id = \(id) AND tenant_id = \(plane.tenant.uuid)
        """
    }

    /// Reads a page of graphs, last updated first.
    static func list(_ page: Page, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT id, name, description, definition, version, created_at, updated_at, tenant_id
        FROM \(plane.names.graphs)
        WHERE tenant_id = \(plane.tenant.uuid) \(page.condition(on: "updated_at", .newestFirst))
        \(page.end(by: "updated_at", .newestFirst))
        """
    }

    /// Deletes a graph.
    ///
    /// Locks its row, and fails if runs refer to it.
    static func delete(_ id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        DELETE FROM \(plane.names.graphs) WHERE id = \(id) AND tenant_id = \(plane.tenant.uuid) RETURNING id
        """
    }
}

internal import FoundationEssentials
internal import PostgresWire
internal import StoreContracts

/// The statements that find out why a write was refused.
enum DiagnosisSQL {
    /// Reads what decides about writes; without the tenant in the condition, so that a role that sees the
    /// rows of all tenants can tell a missing run from another tenant's.
    static func run(_ id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        "SELECT tenant_id, status, claim_epoch FROM \(plane.names.runs) WHERE id = \(id)"
    }

    /// Reads whose a graph is.
    static func graph(_ id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        "SELECT tenant_id FROM \(plane.names.graphs) WHERE id = \(id)"
    }

    /// Reads whose an API key is; NULL for one that every tenant may name.
    static func apiKey(_ id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        "SELECT tenant_id FROM \(plane.names.apiKeys) WHERE id = \(id)"
    }

    /// Fails with 23503 unless the run exists, whosever it is.
    ///
    /// Locks its row FOR KEY SHARE, as every such insert does.
    static func probeRun(_ id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        INSERT INTO \(plane.names.checkpoints) (run_id, sequence_id, state, tenant_id)
        VALUES (\(id), -1, 'null', \(plane.tenant.uuid))
        """
    }

    /// Fails with 23503 unless the graph exists, whosever it is.
    ///
    /// Locks its row FOR KEY SHARE.
    static func probeGraph(_ id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        INSERT INTO \(plane.names.runs) (graph_id, status, tenant_id)
        VALUES (\(id), 'pending', \(plane.tenant.uuid))
        """
    }

    /// Fails always, with ORC04.
    static func fail(_ plane: TenantPlane) -> PostgresQuery {
        "SELECT \(plane.names.require)(false, \(raw: "'\(SQLState.foreignTenant)'"), 'the row exists')"
    }
}

internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements about versions of states.
enum StateSQL {
    /// Adds the next version.
    ///
    /// The transaction must hold the lock of the run's row since an earlier statement, so that no other
    /// version can come between.
    static func insert(_ state: WorkflowState, _ plane: TenantPlane) -> PostgresQuery {
        """
        INSERT INTO \(plane.names.states) (run_id, state, current_node, status, version, tenant_id)
        SELECT new.run_id, new.state, new.node, new.status, COALESCE((SELECT max(version)
            FROM \(plane.names.states) AS s WHERE s.run_id = new.run_id), 0) + 1, new.tenant_id
        FROM (VALUES (\(state.runID), \(state.json.storable), \(state.currentNode?.withoutZero),
            \(state.status.rawValue), \(plane.tenant.uuid))) AS new (run_id, state, node, status, tenant_id)
        RETURNING version
        """
    }

    /// Deletes the old versions of a state but the newest.
    static func prune(_ runID: UUID, keeping count: Int, _ plane: TenantPlane) -> PostgresQuery {
        """
        DELETE FROM \(plane.names.states)
        WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid) AND version <= (
            SELECT max(version) FROM \(plane.names.states) WHERE run_id = \(runID)) - \(count)
        """
    }

    /// Reads the newest version of a state.
    static func latest(_ runID: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT state FROM \(plane.names.states) WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid)
        ORDER BY version DESC LIMIT 1
        """
    }

    /// Reads one version of a state.
    static func load(_ runID: UUID, version: Int, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT state FROM \(plane.names.states)
        WHERE run_id = \(runID) AND version = \(version) AND tenant_id = \(plane.tenant.uuid)
        """
    }

    /// Finds the newest version with an event mark.
    static func version(_ runID: UUID, mark: Int, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT version FROM \(plane.names.states)
        WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid)
            AND state -> '_last_event_sequence_id' = to_jsonb(\(mark))
        ORDER BY version DESC LIMIT 1
        """
    }

    /// Reads a part of the versions without their states.
    static func history(
        _ runID: UUID, limit: Int, offset: Int, _ plane: TenantPlane
    ) -> PostgresQuery {
        """
        SELECT version, status, current_node, created_at, CASE jsonb_typeof(state -> 'total_tokens_used')
            WHEN 'number' THEN (state ->> 'total_tokens_used')::float8 END
        FROM \(plane.names.states) WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid)
        ORDER BY version LIMIT \(limit) OFFSET \(offset)
        """
    }
}

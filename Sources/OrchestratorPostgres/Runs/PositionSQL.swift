internal import FoundationEssentials
internal import PostgresWire
internal import StoreContracts

/// The statements that find out where a run stands.
enum PositionSQL {
    /// Reads the end of the log: after the greater mark of snapshot and checkpoint, or from the last action on if that
    /// lies lower.
    static func events(_ runID: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT \(raw: EventSQL.columns) FROM \(plane.names.events)
        WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid) AND sequence_id >= LEAST(
            GREATEST(\(EventSQL.mark(runID, plane)), (SELECT max(sequence_id) FROM \(plane.names.checkpoints)
                WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid)), -1) + 1,
            COALESCE((SELECT sequence_id FROM \(plane.names.events) WHERE run_id = \(runID)
                AND tenant_id = \(plane.tenant.uuid) AND event_type = 'action_dispatched'
                ORDER BY sequence_id DESC LIMIT 1), 0))
        ORDER BY sequence_id
        """
    }

    /// Reads the first `workflow_started` that is still in the log.
    static func started(_ runID: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT \(raw: EventSQL.columns) FROM \(plane.names.events)
        WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid) AND event_type = 'workflow_started'
        ORDER BY sequence_id LIMIT 1
        """
    }
}

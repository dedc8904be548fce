internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements about checkpoints.
enum CheckpointSQL {
    /// The statements that write a checkpoint in place of one at the same sequence, then keep the newest.
    ///
    /// The transaction must hold the lock of the run's row.
    static func write(
        _ state: WorkflowState, runID: UUID, sequenceID: Int, retain: Int, _ plane: TenantPlane
    ) -> [PostgresQuery] {
        [
            delete(runID, sequenceID, plane), insert(state, runID, sequenceID, plane),
            prune(runID, retain, plane),
        ]
    }

    private static func delete(_ runID: UUID, _ sequenceID: Int, _ plane: TenantPlane) -> PostgresQuery {
        """
        DELETE FROM \(plane.names.checkpoints) WHERE run_id = \(runID)
            AND tenant_id = \(plane.tenant.uuid) AND sequence_id = \(sequenceID)
        """
    }

    private static func insert(
        _ state: WorkflowState, _ runID: UUID, _ sequenceID: Int, _ plane: TenantPlane
    ) -> PostgresQuery {
        """
        INSERT INTO \(plane.names.checkpoints) (run_id, sequence_id, state, tenant_id)
        VALUES (\(runID), \(sequenceID), \(state.json.storable), \(plane.tenant.uuid))
        """
    }

    private static func prune(_ runID: UUID, _ retain: Int, _ plane: TenantPlane) -> PostgresQuery {
        """
        DELETE FROM \(plane.names.checkpoints) WHERE id IN (
            SELECT id FROM \(plane.names.checkpoints)
            WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid)
            ORDER BY sequence_id DESC, created_at DESC OFFSET \(retain))
        """
    }

    /// Reads the checkpoint with the greatest sequence.
    static func latest(_ runID: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT sequence_id, state, created_at FROM \(plane.names.checkpoints)
        WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid)
        ORDER BY sequence_id DESC, created_at DESC LIMIT 1
        """
    }

    /// Reads the greatest sequence of a checkpoint; NULL if there is none.
    static func latestSequence(_ runID: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT sequence_id FROM \(plane.names.checkpoints)
        WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid) ORDER BY sequence_id DESC LIMIT 1
        """
    }
}

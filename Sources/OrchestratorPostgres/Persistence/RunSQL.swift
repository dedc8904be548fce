internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements about the rows of runs.
enum RunSQL {
    /// The columns of a run, in the order in which `WorkflowRunRecord.init(_:)` takes them.
    static let columns = """
        id, workflow_id, graph_id, status, created_at, completed_at, archived_at, run_kind, parent_run_id,
        fork_sequence_id, fork_mutations, fork_group_id, claim_epoch, tenant_id, cancel_requested_at
        """

    /// Locks the run's row for a write about the run, and writes the row if the write says so.
    ///
    /// Fails with ORC01 unless the row is there, is the tenant's, has the claim's epoch and can take the status. The
    /// lock, FOR NO KEY UPDATE, holds off claims and other writes until the transaction ends, but neither readers nor
    /// the foreign-key checks of inserts. Returns whether somebody asked for the run to be cancelled.
    static func take(_ write: RunWrite, _ plane: TenantPlane) -> PostgresQuery {
        let row =
            if write.creates, let state = write.creating {
                upsert(state, write, plane)
            } else if let status = write.status {
                update(status, write, plane)
            } else {
                lock(write, plane, mode: "NO KEY UPDATE")
            }
        return required(row, plane)
    }

    /// Locks the run's row FOR SHARE for a write that only adds rows: claims wait, other such writes do not.
    ///
    /// Fails as `take`.
    static func share(_ write: RunWrite, _ plane: TenantPlane) -> PostgresQuery {
        required(lock(write, plane, mode: "SHARE"), plane)
    }

    private static func required(_ row: PostgresQuery, _ plane: TenantPlane) -> PostgresQuery {
        """
        WITH run AS (\(row))
        SELECT run.cancels, \(plane.names.require)(run.cancels IS NOT NULL, \(raw: quoted(SQLState.runRefused)),
            'the run does not permit this write')
        FROM (VALUES (1)) AS one LEFT JOIN run ON true
        """
    }

    private static func lock(_ write: RunWrite, _ plane: TenantPlane, mode: String) -> PostgresQuery {
        """
        SELECT r.cancel_requested_at IS NOT NULL AS cancels FROM \(plane.names.runs) AS r
        WHERE r.id = \(write.runID) AND r.tenant_id = \(plane.tenant.uuid) \(fence(write))
        FOR \(raw: mode)
        """
    }

    private static func update(
        _ status: WorkflowStatus, _ write: RunWrite, _ plane: TenantPlane
    ) -> PostgresQuery {
        """
        UPDATE \(plane.names.runs) AS r SET status = \(status.rawValue), completed_at = \(completion(status))
        WHERE r.id = \(write.runID) AND r.tenant_id = \(plane.tenant.uuid) \(fence(write))
            AND r.status <> ALL (\(write.finalStatuses))
        RETURNING r.cancel_requested_at IS NOT NULL AS cancels
        """
    }

    /// The graph must be the tenant's, unless the run exists: then its graph stays as it is.
    private static func upsert(
        _ state: WorkflowState, _ write: RunWrite, _ plane: TenantPlane
    ) -> PostgresQuery {
        """
        INSERT INTO \(plane.names.runs) AS r (id, graph_id, status, created_at, completed_at, tenant_id)
        SELECT new.id, new.graph_id, new.status, new.created_at,
            CASE WHEN \(state.status.isTerminal) THEN now() END, new.tenant_id
        FROM (VALUES (\(state.runID), \(state.workflowID), \(state.status.rawValue), \(state.createdAt),
            \(plane.tenant.uuid))) AS new (id, graph_id, status, created_at, tenant_id)
        WHERE EXISTS (SELECT FROM \(plane.names.graphs) AS g
                WHERE g.id = new.graph_id AND g.tenant_id = new.tenant_id)
            OR EXISTS (SELECT FROM \(plane.names.runs) AS old
                WHERE old.id = new.id AND old.tenant_id = new.tenant_id)
        ON CONFLICT (id) DO UPDATE SET status = EXCLUDED.status, completed_at = \(completion(state.status))
        WHERE r.tenant_id = EXCLUDED.tenant_id AND r.status <> ALL (\(write.finalStatuses))
        RETURNING r.cancel_requested_at IS NOT NULL AS cancels
        """
    }

    /// The first instant at which the run was terminal.
    private static func completion(_ status: WorkflowStatus) -> PostgresQuery {
        status.isTerminal ? "COALESCE(r.completed_at, now())" : "NULL"
    }

    private static func fence(_ write: RunWrite) -> PostgresQuery {
        write.claim.map { "AND r.claim_epoch = \($0.epoch)" } ?? ""
    }

    private static func quoted(_ code: String) -> String { "'\(code)'" }
}

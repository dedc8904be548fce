internal import FoundationEssentials
internal import JSONModel
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements about events.
enum EventSQL {
    /// The columns of an event, in the order in which `WorkflowEvent.read(_:)` takes them.
    static let columns = """
        id, run_id, sequence_id, event_type, node_id, action, internal_type, internal_payload, created_at,
        tenant_id
        """

    /// Inserts events of a run whose row the transaction has locked and found to be the tenant's.
    static func insert(_ events: [NewWorkflowEvent], _ plane: TenantPlane) -> PostgresQuery {
        """
        INSERT INTO \(plane.names.events) (id, run_id, sequence_id, event_type, node_id, action,
            internal_type, internal_payload, tenant_id)
        SELECT new.*, \(plane.tenant.uuid) FROM \(rows(events))
        """
    }

    /// Inserts events of any runs, all of which must be the tenant's: else fails with ORC01.
    ///
    /// Locks the rows of the runs FOR KEY SHARE, by the foreign key.
    static func insertChecked(_ events: [NewWorkflowEvent], _ plane: TenantPlane) -> PostgresQuery {
        """
        WITH added AS (
            INSERT INTO \(plane.names.events) (id, run_id, sequence_id, event_type, node_id, action,
                internal_type, internal_payload, tenant_id)
            SELECT new.*, r.tenant_id FROM \(rows(events))
            JOIN \(plane.names.runs) AS r ON r.id = new.run_id AND r.tenant_id = \(plane.tenant.uuid)
            ORDER BY new.run_id, new.sequence_id
            RETURNING id)
        SELECT \(plane.names.require)((SELECT count(*) FROM added) = \(events.count),
            \(raw: "'\(SQLState.runRefused)'"), 'a run of these events cannot take them')
        """
    }

    private static func rows(_ events: [NewWorkflowEvent]) -> PostgresQuery {
        """
        unnest(\(events.map(\.id)), \(events.map(\.runID)), \(events.map(\.sequenceID)),
            \(events.map(\.eventType.rawValue)), \(events.map(\.nodeID)), \(events.map(\.action)),
            \(events.map(\.internalType)), \(events.map(\.internalPayload)))
            AS new (id, run_id, sequence_id, event_type, node_id, action, internal_type, internal_payload)
        """
    }

    /// Reads events of a run from a place on, ascending; all of them if there is no limit.
    static func load(
        _ runID: UUID, after sequenceID: Int, limit: Int?, _ plane: TenantPlane
    ) -> PostgresQuery {
        """
        SELECT \(raw: columns) FROM \(plane.names.events)
        WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid) AND sequence_id > \(sequenceID)
        ORDER BY sequence_id LIMIT \(limit)
        """
    }

    /// Reads what is stored under the ids or at the places of events.
    static func stored(_ events: [NewWorkflowEvent], _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT \(raw: columns) FROM \(plane.names.events)
        WHERE tenant_id = \(plane.tenant.uuid) AND (id = ANY (\(events.map(\.id)))
            OR (run_id, sequence_id) IN (
                SELECT * FROM unnest(\(events.map(\.runID)), \(events.map(\.sequenceID)))))
        """
    }

    /// The greatest sequence among the events and checkpoints of a run, -1 if there is none.
    static func latestSequence(_ runID: UUID, _ plane: TenantPlane) -> PostgresQuery {
        "SELECT GREATEST(\(latestStored(runID, plane)), -1)"
    }

    /// The same, with the mark of the newest snapshot; and the present instant.
    static func latestKnown(_ runID: UUID, _ plane: TenantPlane) -> PostgresQuery {
        "SELECT GREATEST(\(latestStored(runID, plane)), \(mark(runID, plane)), -1), clock_timestamp()"
    }

    private static func latestStored(_ runID: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        (SELECT max(sequence_id) FROM \(plane.names.events)
            WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid)),
        (SELECT max(sequence_id) FROM \(plane.names.checkpoints)
            WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid))
        """
    }

    /// The event mark of the newest snapshot of a run.
    static func mark(_ runID: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        (SELECT CASE jsonb_typeof(state -> '_last_event_sequence_id')
            WHEN 'number' THEN (state ->> '_last_event_sequence_id')::numeric::bigint END
            FROM \(plane.names.states) WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid)
            ORDER BY version DESC LIMIT 1)
        """
    }

    /// Fails with ORC05 if there are events up to a place, and no checkpoint at it or above.
    static func requireCheckpoint(
        _ runID: UUID, through sequenceID: Int, _ plane: TenantPlane
    ) -> PostgresQuery {
        """
        SELECT \(plane.names.require)(
            NOT EXISTS (SELECT FROM \(plane.names.events) WHERE run_id = \(runID)
                AND tenant_id = \(plane.tenant.uuid) AND sequence_id <= \(sequenceID))
            OR EXISTS (SELECT FROM \(plane.names.checkpoints) WHERE run_id = \(runID)
                AND tenant_id = \(plane.tenant.uuid) AND sequence_id >= \(sequenceID)),
            \(raw: "'\(SQLState.requestRefused)'"), 'there are events behind the newest checkpoint')
        """
    }

    /// Deletes the events of a run up to a place.
    static func delete(_ runID: UUID, through sequenceID: Int, _ plane: TenantPlane) -> PostgresQuery {
        """
        DELETE FROM \(plane.names.events) WHERE run_id = \(runID) AND tenant_id = \(plane.tenant.uuid)
            AND sequence_id <= \(sequenceID)
        """
    }
}

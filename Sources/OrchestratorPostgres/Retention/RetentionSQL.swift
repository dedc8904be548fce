internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements of retention.
enum RetentionSQL {
    private static let terminal = WorkflowStatus.allCases.filter(\.isTerminal).map(\.rawValue)

    /// Archives a batch of runs with their states; returns how many.
    ///
    /// Locks the runs and their states; passes over runs that others have locked.
    static func archive(_ period: Duration, limit: Int, _ names: SchemaNames) -> PostgresQuery {
        """
        WITH due AS (
            SELECT r.id FROM \(names.runs) AS r
            WHERE r.archived_at IS NULL AND r.status = ANY (\(terminal))
                AND r.completed_at < now() - \(period.milliseconds) * interval '1 millisecond'
                AND \(unclaimed(names))
            ORDER BY r.completed_at, r.id LIMIT \(limit) FOR NO KEY UPDATE SKIP LOCKED),
        moved AS (UPDATE \(names.runs) SET archived_at = now() WHERE id IN (SELECT id FROM due) RETURNING id),
        states AS (UPDATE \(names.states) SET archived_at = now() WHERE run_id IN (SELECT id FROM due))
        SELECT count(*) FROM moved
        """
    }

    /// Locks a batch of runs that leave the tables; returns their ids and tenants.
    ///
    /// FOR UPDATE: nobody can add a row that refers to them until they are gone.
    static func lockDue(_ period: Duration, limit: Int, _ names: SchemaNames) -> PostgresQuery {
        """
        SELECT r.id, r.tenant_id FROM \(names.runs) AS r
        WHERE r.archived_at < now() - \(period.milliseconds) * interval '1 millisecond'
            AND r.status = ANY (\(terminal)) AND (r.completed_at IS NULL OR r.completed_at <= r.archived_at)
            AND \(unclaimed(names))
        ORDER BY r.archived_at, r.id LIMIT \(limit) FOR UPDATE SKIP LOCKED
        """
    }

    /// Counts the runs that are due to be archived, and those that are due to leave the tables.
    static func due(_ options: RetentionOptions, _ names: SchemaNames) -> PostgresQuery {
        """
        SELECT count(*) FILTER (WHERE r.archived_at IS NULL
                AND r.completed_at < now() - \(options.hotPeriod.milliseconds) * interval '1 millisecond'),
            count(*) FILTER (WHERE r.archived_at < now()
                    - \(options.warmPeriod.milliseconds) * interval '1 millisecond'
                AND (r.completed_at IS NULL OR r.completed_at <= r.archived_at))
        FROM \(names.runs) AS r WHERE r.status = ANY (\(terminal)) AND \(unclaimed(names))
        """
    }

    private static func unclaimed(_ names: SchemaNames) -> PostgresQuery {
        """
        NOT EXISTS (SELECT FROM \(names.jobs) AS j
            WHERE j.run_id = r.id AND j.status IN ('waiting', 'active'))
        """
    }

    /// Reads the rows of a table that belong to runs, as JSON.
    static func rows(of table: String, _ runs: [UUID], _ names: SchemaNames) -> PostgresQuery {
        switch table {
        case "graphs":
            return """
                SELECT to_jsonb(t)::text FROM \(names.graphs) AS t
                WHERE id IN (SELECT graph_id FROM \(names.runs) WHERE id = ANY (\(runs))) ORDER BY id
                """
        case "workflow_runs":
            return "SELECT to_jsonb(t)::text FROM \(names.runs) AS t WHERE id = ANY (\(runs)) ORDER BY id"
        case "children":
            return """
                SELECT jsonb_build_object('id', id, 'parent_run_id', parent_run_id)::text FROM \(names.runs)
                WHERE parent_run_id = ANY (\(runs)) ORDER BY id
                """
        default:
            let order = ["workflow_states": "version", "workflow_events": "sequence_id"][table] ?? "id"
            return """
                SELECT to_jsonb(t)::text FROM \(QualifiedName(table, in: names.schema)) AS t
                WHERE run_id = ANY (\(runs)) ORDER BY run_id, \(raw: order)
                """
        }
    }

    /// Takes runs out of the tables: usage stays without their ids, jobs and, by the foreign keys, everything
    /// else go.
    ///
    /// Locks all of these rows.
    static func delete(_ runs: [UUID], _ names: SchemaNames) -> [PostgresQuery] {
        [
            "UPDATE \(names.usage) SET run_id = NULL WHERE run_id = ANY (\(runs))",
            "DELETE FROM \(names.jobs) WHERE run_id = ANY (\(runs))",
            "DELETE FROM \(names.runs) WHERE id = ANY (\(runs))",
        ]
    }

    /// Counts the runs of each tier in one statement.
    static func stats(_ names: SchemaNames) -> PostgresQuery {
        """
        SELECT count(*) FILTER (WHERE status <> ALL (\(terminal))),
            count(*) FILTER (WHERE status = ANY (\(terminal)) AND archived_at IS NULL),
            count(*) FILTER (WHERE status = ANY (\(terminal)) AND archived_at IS NOT NULL)
        FROM \(names.runs)
        """
    }
}

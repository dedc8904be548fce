internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements that add jobs.
enum EnqueueSQL {
    /// Adds the jobs that are new; returns their ids.
    ///
    /// Locks nothing that is there already, but waits for others who are adding the same id or key.
    static func insert(_ requests: [EnqueueRequest], _ names: SchemaNames) -> PostgresQuery {
        """
        INSERT INTO \(names.jobs) (id, type, run_id, graph_id, tenant_id, initial_state, human_response,
            priority, max_attempts, visibility_timeout_ms, job_key, visible_at, created_at)
        SELECT new.id, new.type, new.run_id, new.graph_id, new.tenant_id, new.initial_state,
            new.human_response, new.priority, new.max_attempts, new.timeout, new.job_key,
            CASE WHEN new.delay > 0 THEN now() + new.delay * interval '1 millisecond' END,
            now() + (new.place - 1) * interval '1 microsecond'
        FROM unnest(\(requests.map(\.id)), \(requests.map(\.type.rawValue)), \(requests.map(\.runID)),
            \(requests.map(\.graphID)), \(requests.map(\.tenantID.uuid)),
            \(requests.map { $0.initialState?.storable }), \(requests.map { $0.humanResponse?.storable }),
            \(requests.map(\.priority)), \(requests.map(\.maxAttempts)),
            \(requests.map { Int($0.visibilityTimeout.milliseconds) }), \(requests.map(\.jobKey)),
            \(requests.map(\.delay.milliseconds))) WITH ORDINALITY
            AS new (id, type, run_id, graph_id, tenant_id, initial_state, human_response, priority,
                max_attempts, timeout, job_key, delay, place)
        ON CONFLICT DO NOTHING
        RETURNING id
        """
    }

    /// Reads which jobs stand for the requests, in order; NULL for one whose key's job ended meanwhile.
    static func find(_ requests: [EnqueueRequest], _ names: SchemaNames) -> PostgresQuery {
        """
        SELECT COALESCE(same.id, (SELECT k.id FROM \(names.jobs) AS k WHERE k.tenant_id = asked.tenant_id
            AND k.job_key = asked.job_key AND k.status IN ('waiting', 'active', 'paused')))
        FROM unnest(\(requests.map(\.id)), \(requests.map(\.tenantID.uuid)), \(requests.map(\.jobKey)))
            WITH ORDINALITY AS asked (id, tenant_id, job_key, place)
        LEFT JOIN \(names.jobs) AS same ON same.id = asked.id
        ORDER BY asked.place
        """
    }

    /// Fails with ORC04 if a graph or run of the requests is another tenant's.
    static func requireOwn(_ requests: [EnqueueRequest], _ names: SchemaNames) -> PostgresQuery {
        """
        SELECT \(names.require)(NOT EXISTS (\(foreign(requests, names))),
            \(raw: "'\(SQLState.foreignTenant)'"), 'a graph or run of these jobs is another tenant''s')
        """
    }

    /// Reads the graphs and runs of the requests that are another tenant's.
    static func foreign(_ requests: [EnqueueRequest], _ names: SchemaNames) -> PostgresQuery {
        """
        SELECT CASE WHEN g.id IS NULL THEN 'workflow_runs' ELSE 'graphs' END, COALESCE(g.id, r.id)
        FROM unnest(\(requests.map(\.graphID)), \(requests.map(\.runID)),
            \(requests.map(\.tenantID.uuid))) AS asked (graph_id, run_id, tenant_id)
        LEFT JOIN \(names.graphs) AS g ON g.id = asked.graph_id AND g.tenant_id <> asked.tenant_id
        LEFT JOIN \(names.runs) AS r ON r.id = asked.run_id AND r.tenant_id <> asked.tenant_id
        WHERE g.id IS NOT NULL OR r.id IS NOT NULL
        """
    }
}

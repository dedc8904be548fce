internal import Orchestrator
internal import PostgresWire

/// The statements about worker processes.
enum WorkerSQL {
    /// Notes that workers are alive.
    ///
    /// Locks their rows.
    static func see(_ ids: [String], _ names: SchemaNames) -> PostgresQuery {
        "UPDATE \(names.workers) SET last_seen_at = clock_timestamp() WHERE id = ANY (\(ids))"
    }

    /// Makes a worker known, or known again.
    ///
    /// Locks its row.
    static func register(_ worker: WorkerRecord, _ names: SchemaNames) -> PostgresQuery {
        """
        INSERT INTO \(names.workers) (id, host, pid, version, concurrency)
        VALUES (\(worker.id), \(worker.host), \(worker.processID), \(worker.version), \(worker.concurrency))
        ON CONFLICT (id) DO UPDATE SET host = EXCLUDED.host, pid = EXCLUDED.pid, version = EXCLUDED.version,
            concurrency = EXCLUDED.concurrency, started_at = now(), last_seen_at = now(), stopped_at = NULL
        """
    }

    /// Notes that a worker has stopped.
    ///
    /// Locks its row.
    static func unregister(_ id: String, _ names: SchemaNames) -> PostgresQuery {
        "UPDATE \(names.workers) SET stopped_at = now() WHERE id = \(id)"
    }

    /// Reads the workers, last seen first.
    static func list(_ limit: Int, _ names: SchemaNames) -> PostgresQuery {
        """
        SELECT id, host, pid, version, concurrency, started_at, last_seen_at, stopped_at
        FROM \(names.workers) ORDER BY last_seen_at DESC, id LIMIT \(limit)
        """
    }
}

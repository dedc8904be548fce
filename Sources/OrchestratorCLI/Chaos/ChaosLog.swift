#if CLI
import PostgresWire

/// Keeps the events that compaction deletes, so that every log can be judged whole.
enum ChaosLog {
    /// From now on deleted events are kept aside, in the transaction that deletes them.
    static func keep(_ client: PostgresClient) async throws {
        try await client.execute("CREATE TABLE chaos_compacted (LIKE workflow_events)")
        try await client.execute(
            """
            CREATE FUNCTION chaos_keep() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO chaos_compacted SELECT OLD.*;
                RETURN OLD;
            END
            $$
            """)
        try await client.execute(
            """
            CREATE TRIGGER chaos_keep BEFORE DELETE ON workflow_events
            FOR EACH ROW EXECUTE FUNCTION chaos_keep()
            """)
    }

    /// Puts them back.
    ///
    /// - Returns: How many there were.
    static func restore(_ client: PostgresClient) async throws -> Int {
        try await client.withTransaction { connection in
            try await connection.execute("DROP TRIGGER chaos_keep ON workflow_events")
            return try await connection.execute("INSERT INTO workflow_events SELECT * FROM chaos_compacted")
                .rows ?? 0
        }
    }
}
#endif

import Foundation
import JSONModel
import PostgresWire
import TestSupport
import Testing

/// A migrated database with finished runs, and a folder for their archives.
struct ArchiveWorld: Sendable {
    let database: TestDatabase
    let folder: URL
    /// The ids of the runs.
    let runs: [String]

    /// Runs a test on so many finished runs, each with two events, a snapshot and usage.
    static func with(runs count: Int, _ test: (ArchiveWorld) async throws -> Void) async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "archives-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            let runs = try await fill(database.client, count)
            try await test(ArchiveWorld(database: database, folder: folder, runs: runs))
        }
    }

    private static func fill(_ client: PostgresClient, _ count: Int) async throws -> [String] {
        let graph = UUID()
        try await client.execute(
            "INSERT INTO graphs (id, name, description, definition) VALUES (\(graph), 'g', '', '{}')")
        let runs = try await client.collect(
            """
            INSERT INTO workflow_runs (graph_id, status, completed_at)
            SELECT \(graph), 'completed', now() - interval '1 hour' FROM generate_series(1, \(count))
            RETURNING id::text
            """, as: String.self)
        try await client.execute(
            """
            INSERT INTO workflow_events (run_id, sequence_id, event_type)
            SELECT id, n, 'node_started' FROM workflow_runs, generate_series(0, 1) AS n
            """)
        try await client.execute(
            """
            INSERT INTO workflow_states (run_id, version, state, status)
            SELECT id, 1, '{}', 'completed' FROM workflow_runs
            """)
        // The first run has cost something.
        try await client.execute(
            """
            INSERT INTO usage_records (run_id, cost_usd)
            SELECT id, 0.25 FROM workflow_runs WHERE id = \(runs[0])::uuid
            """)
        return runs
    }

    /// Runs `orchestrator archive` on the folder.
    func run(_ arguments: [String], format: String = "json") async throws -> Tool.Result {
        try await start(arguments, format: format).finish()
    }

    /// Starts `orchestrator archive` on the folder.
    func start(_ arguments: [String], format: String = "json") throws -> Tool {
        try Tool(
            ["archive"] + arguments + ["--folder", folder.path, "--format", format],
            environment: ["DATABASE_URL": database.url])
    }

    /// The names of the listed archives.
    func names() async throws -> [String] {
        let list = try await run(["list"]).json()
        return (list["archives"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
    }

    /// Waits until the server has ended the transactions of processes that are gone.
    func settle() async throws {
        for _ in 0..<600 {
            let sessions = try await database.client.one(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'orchestrator archive'
                """, as: Int.self)
            if sessions == 0 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("the server keeps sessions of a process that is gone")
    }

    /// How many runs, events and snapshots are in the tables.
    func rows() async throws -> [Int] {
        let counts = try await database.client.one(
            """
            SELECT (SELECT count(*) FROM workflow_runs), (SELECT count(*) FROM workflow_events),
                (SELECT count(*) FROM workflow_states)
            """, as: (Int, Int, Int).self)
        return [counts.0, counts.1, counts.2]
    }

    /// Everything of the runs that archives carry, in one text.
    func fingerprint() async throws -> String {
        try await database.client.one(
            """
            SELECT jsonb_build_array(
                (SELECT jsonb_agg(to_jsonb(r) - 'archived_at' ORDER BY id) FROM workflow_runs r),
                (SELECT jsonb_agg(to_jsonb(e) ORDER BY run_id, sequence_id) FROM workflow_events e),
                (SELECT jsonb_agg(to_jsonb(s) - 'archived_at' - 'updated_at' ORDER BY run_id, version)
                    FROM workflow_states s),
                (SELECT jsonb_agg(to_jsonb(u) ORDER BY id) FROM usage_records u))::text
            """, as: String.self)
    }
}

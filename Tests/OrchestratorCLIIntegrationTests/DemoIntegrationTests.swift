import Foundation
import JSONModel
import PostgresWire
import TestSupport
import Testing

/// The demo as a user runs it.
@Suite(.needsCommandLine, .serialized) struct DemoIntegrationTests {
    private func environment() async throws -> [String: String] {
        ["DATABASE_URL": try await TestServer.url()]
    }

    private func demoDatabases() async throws -> [String] {
        let root = try await PostgresConnection.connect(
            try PostgresConfiguration(url: try await TestServer.url()))
        defer { root.close() }
        return try await root.collect(
            "SELECT datname::text FROM pg_database WHERE starts_with(datname::text, 'orchestrator_demo_') ORDER BY 1",
            as: String.self)
    }

    /// Waits until the server has noticed that nobody is connected to databases any more: a busy one takes a while.
    private func waitForSessionsToEnd(of databases: [String]) async throws {
        let root = try await PostgresConnection.connect(
            try PostgresConfiguration(url: try await TestServer.url()))
        defer { root.close() }
        for _ in 0..<600 {
            let count = try await root.one(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = ANY (\(databases)) OR application_name = ANY (\(databases))
                """, as: Int.self)
            if count == 0 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    @Test func `a killed worker loses nothing, and nothing stays behind`() async throws {
        let before = try await demoDatabases()
        let result = try await Tool.run(
            "demo", "--runs", "6", "--workers", "2", "--format", "json", environment: try await environment())
        #expect(result.code == 0, "\(result.errors)")
        let report = try result.json()
        #expect(report["runs"] == 6)
        #expect(report["completed"] == 6)
        #expect(report["workers_killed"] == 1)
        // Of the first six questions three have a weak best match, whose runs broaden the search.
        #expect(report["steps"] == 45)
        #expect(try #require(report["reexecuted_steps"]?.intValue) >= 1)
        #expect(report["violations"] == 0)
        #expect(try #require(report["recall_at_20"]?.doubleValue) >= 0.95)
        #expect(try #require(report["seconds"]?.doubleValue) > 0)
        #expect(report["server"]?.stringValue?.hasPrefix("PostgreSQL ") == true)
        let checks = try #require(report["checks"]?.arrayValue)
        #expect(
            checks.compactMap { $0["id"]?.stringValue } == [
                "runs_completed", "events_gap_free", "one_action_per_step", "fold_equals_snapshot",
                "jobs_completed", "answers_stored", "recall_at_20", "handover",
            ])
        for check in checks {
            #expect(check["ok"] == true, "\(check)")
            #expect(check["text"]?.stringValue?.isEmpty == false)
            #expect(check["detail"]?.stringValue?.isEmpty == false)
        }
        #expect(try await demoDatabases() == before)
    }

    @Test func `a kept database can be inspected`() async throws {
        let environment = try await environment()
        let before = try await demoDatabases()
        let demo = try await Tool.run(
            "demo", "--runs", "3", "--workers", "1", "--no-kill", "--keep", environment: environment)
        #expect(demo.code == 0, "\(demo.errors)")
        #expect(demo.output.contains("✓ every run is completed"))
        let kept = try await demoDatabases().filter { !before.contains($0) }
        #expect(kept.count == 1)
        let name = try #require(kept.first)
        #expect(demo.output.contains("Kept as database \(name)."))

        let server = try #require(environment["DATABASE_URL"])
        let slash = try #require(server.lastIndex(of: "/"))
        let url = ["DATABASE_URL": String(server.prefix(through: slash)) + name]
        let runs = try await Tool.run("inspect", "runs", "--format", "json", environment: url).json()
        #expect(runs["runs"]?.arrayValue?.count == 3)
        #expect(runs["runs"]?[0]?["status"] == "completed")
        let id = try #require(runs["runs"]?[0]?["id"]?.stringValue)
        let run = try await Tool.run("inspect", "run", id, "--format", "json", environment: url).json()
        #expect(run["run"]?["id"]?.stringValue == id)
        #expect(run["attempts"]?.arrayValue?.count == 1)
        #expect(run["attempts"]?[0]?["worker"] == "worker-1")
        #expect(run["timeline"]?.arrayValue?.last?["text"] == "the run is completed")
        let text = try await Tool.run("inspect", "run", id, environment: url)
        #expect(text.output.contains("examine: 20 items"))
        let queue = try await Tool.run("inspect", "queue", "--format", "json", environment: url).json()
        #expect(queue["completed"] == 3)
        #expect(queue["workers"]?[0]?["stopped"] == true)
        let workers = try await Tool.run("inspect", "workers", "--format", "json", environment: url).json()
        #expect(workers["workers"]?[0]?["id"] == "worker-1")
        #expect(workers["workers"]?[0]?["state"] == "stopped")
        #expect(workers["workers"]?[0]?["held"] == [])
        let processes = try await Tool.run("inspect", "workers", environment: url)
        #expect(processes.output.contains("worker-1"))

        let root = try await PostgresConnection.connect(try PostgresConfiguration(url: server))
        try await root.execute("DROP DATABASE \(identifier: name) WITH (FORCE)")
        root.close()
    }

    @Test func `an interrupt ends the workers, drops the database and exits with 4`() async throws {
        let environment = try await environment()
        let before = try await demoDatabases()
        let demo = try Tool(
            ["demo", "--runs", "200", "--workers", "2", "--no-kill"], environment: environment)
        let url = try #require(environment["DATABASE_URL"])
        let password = try #require(try PostgresConfiguration(url: url).password)
        var workers: [Int32] = []
        for _ in 0..<1_200 where workers.count < 2 {
            try await Task.sleep(for: .milliseconds(50))
            workers = Self.children(of: demo.processID)
        }
        #expect(workers.count == 2)
        for worker in workers {
            let line = try String(contentsOfFile: "/proc/\(worker)/cmdline", encoding: .utf8)
            #expect(!line.contains(password))
        }
        demo.send(SIGINT)
        let result = try await demo.finish()
        #expect(result.code == 4)
        #expect(result.output.isEmpty)
        #expect(result.errors.hasSuffix("orchestrator: Interrupted. Run the command again to start over.\n"))
        for worker in workers { #expect(!Self.isAlive(worker)) }
        #expect(try await demoDatabases() == before)
    }

    @Test func `workers end with a demo that is killed, and the next demo drops its database`() async throws {
        let environment = try await environment()
        let before = try await demoDatabases()
        let demo = try Tool(
            ["demo", "--runs", "200", "--workers", "2", "--no-kill"], environment: environment)
        var workers: [Int32] = []
        for _ in 0..<1_200 where workers.count < 2 {
            try await Task.sleep(for: .milliseconds(50))
            workers = Self.children(of: demo.processID)
        }
        #expect(workers.count == 2)
        demo.send(SIGKILL)
        _ = try await demo.finish()
        for _ in 0..<200 where workers.contains(where: Self.isAlive) {
            try await Task.sleep(for: .milliseconds(50))
        }
        for worker in workers { #expect(!Self.isAlive(worker)) }
        let orphans = try await demoDatabases().filter { !before.contains($0) }
        #expect(orphans.count == 1)
        try await waitForSessionsToEnd(of: orphans)

        let next = try await Tool.run(
            "demo", "--runs", "1", "--workers", "1", "--no-kill", "--quiet", environment: environment)
        #expect(next.code == 0, "\(next.errors)")
        #expect(next.errors.isEmpty)
        #expect(try await demoDatabases() == before)
    }

    /// The processes that a process started.
    private static func children(of parent: Int32) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.filter { stat($0)?.parent == parent }
    }

    /// Whether a process runs; one that has ended and was not waited for does not.
    private static func isAlive(_ process: Int32) -> Bool { stat(process).map { $0.state != "Z" } ?? false }

    private static func stat(_ process: Int32) -> (state: Substring, parent: Int32)? {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let name = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: name)...].split(separator: " ")
        guard fields.count > 1, let parent = Int32(fields[1]) else { return nil }
        return (fields[0], parent)
    }
}

import Foundation
import JSONModel
import PostgresWire
import TestSupport
import Testing

/// `orchestrator migrate` against a new database.
@Suite(.needsCommandLine) struct MigrateIntegrationTests {
    private func url(_ configuration: PostgresConfiguration) -> [String: String] {
        let password = configuration.password ?? ""
        let database = configuration.database ?? ""
        return [
            "DATABASE_URL":
                "postgres://\(configuration.user):\(password)@127.0.0.1:\(configuration.port)/\(database)"
        ]
    }

    @Test func `plan, apply, verify and version agree`() async throws {
        try await TestServer.withDatabase { database in
            let environment = url(database.configuration)
            func run(_ arguments: String...) async throws -> Tool.Result {
                try await Tool(["migrate"] + arguments + ["--format", "json"], environment: environment)
                    .finish()
            }
            let plan = try await run("plan").json()
            #expect(plan["pending"] == 13)
            #expect(plan["database_version"] == .null)
            #expect(plan["steps"]?[0] == ["version": 1, "name": "vector", "recorded": nil, "action": "run"])

            let applied = try await run("apply", "--embedding-dimensions", "384")
            #expect(applied.code == 0)
            let report = try applied.json()
            #expect(report["applied"]?.arrayValue?.count == 13)
            #expect(report["skipped"] == [])
            #expect(report["refused"] == [])
            #expect(try await run("apply").json()["applied"] == [])

            let verified = try await run("verify")
            #expect(verified.code == 0)
            #expect(try verified.json()["ok"] == true)
            let version = try await run("version").json()
            #expect(version == ["database_version": 13, "program_version": 13, "embedding_dimensions": 384])
        }
    }

    @Test func `other dimensions than before end with 2, a missing index with 1`() async throws {
        try await TestServer.withDatabase { database in
            let environment = url(database.configuration)
            let dimensions = ["--embedding-dimensions", "384"]
            #expect(
                try await Tool(["migrate", "apply"] + dimensions, environment: environment).finish().code == 0
            )
            let other = try await Tool.run(
                "migrate", "apply", "--embedding-dimensions", "768", environment: environment)
            #expect(other.code == 2)
            #expect(
                other.errors.hasPrefix(
                    "orchestrator: The database was migrated with embedding_dimensions 384, not 768."))

            try await database.client.execute("DROP INDEX idx_memory_facts_embedding")
            let verified = try await Tool.run(
                "migrate", "verify", "--format", "json", environment: environment)
            #expect(verified.code == 1)
            #expect(
                try verified.json()["missing"]?[0]?["object"] == "memory_facts.idx_memory_facts_embedding")
            #expect(verified.errors.contains("missing index memory_facts.idx_memory_facts_embedding"))
        }
    }

    @Test func `without the memory half the other commands work`() async throws {
        try await TestServer.withDatabase { database in
            let environment = url(database.configuration)
            let applied = try await Tool.run("migrate", "apply", "--without-memory", environment: environment)
            #expect(applied.code == 0)
            let runs = try await Tool.run("inspect", "runs", "--format", "json", environment: environment)
            #expect(runs.code == 0)
            #expect(try runs.json() == ["runs": []])
            let queue = try await Tool.run("inspect", "queue", "--format", "json", environment: environment)
            #expect(try queue.json()["waiting"] == 0)
        }
    }

    @Test func `new scaffolds the next numbered file, and the one behind it`() async throws {
        let clone = FileManager.default.temporaryDirectory.appending(path: "clone-\(UUID().uuidString)")
        let folder = clone.appending(path: "Migrations/sql")
        defer { try? FileManager.default.removeItem(at: clone) }
        let lost = try await Tool.run("migrate", "new", "notes", "--clone", clone.path)
        #expect(lost.code == 2)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, version) in [("add_notes", 14), ("drop_notes", 15)] {
            let made = try await Tool.run(
                "migrate", "new", name, "--clone", clone.path, "--format", "json")
            #expect(made.code == 0)
            #expect(try made.json()["version"] == .number(version))
            let file = folder.appending(path: "m00\(version)_\(name).sql")
            #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix("-- Say what"))
        }
        #expect(try await Tool.run("migrate", "new", "No-Name", "--clone", clone.path).code == 2)
    }
}

import Foundation
import JSONModel
import PostgresWire
import TestSupport
import Testing

/// `orchestrator archive` and `orchestrator inspect storage`.
@Suite(.needsCommandLine) struct ArchiveIntegrationTests {
    private static let periods = ["--hot", "0s", "--warm", "0s"]

    @Test func `what is exported is listed, verified and brought back`() async throws {
        try await ArchiveWorld.with(runs: 3) { world async throws in
            let exported = try await world.run(["export"] + Self.periods)
            #expect(exported.code == 0)
            let counts = try exported.json()
            #expect(counts["archived"] == 3)
            #expect(counts["exported"] == 3)
            #expect(try await world.rows() == [0, 0, 0])

            let list = try await world.run(["list"]).json()
            #expect(list["archives"]?.arrayValue?.count == 1)
            let entry = try #require(list["archives"]?[0])
            #expect(entry["runs"] == 3)
            #expect(entry["rows"] == 14)
            #expect(entry["tenant_id"] == "00000000-0000-0000-0000-000000000001")
            let name = try #require(entry["name"]?.stringValue)
            let text = try await world.run(["list"], format: "text")
            #expect(text.output.hasPrefix("archive"))
            #expect(text.output.contains(name))
            let verified = try await world.run(["verify"])
            #expect(verified.code == 0)
            #expect(
                try verified.json()["archives"] == [["name": .string(name), "ok": true, "problem": nil]])

            let one = try await world.run(["restore", name, "--run", world.runs[1]]).json()
            #expect(
                one
                    == [
                        "archive": .string(name), "restored": 1, "already_present": 0, "not_found": 0,
                    ])
            #expect(try await world.rows() == [1, 2, 1])
            let all = try await world.run(["restore", name], format: "text")
            #expect(all.code == 0)
            #expect(all.output == "Brought back 2 runs; 1 run was in the tables already.\n")
            #expect(try await world.rows() == [3, 6, 3])
        }
    }

    @Test func `damage ends with 1, what is unknown with 2, no server with 3`() async throws {
        try await ArchiveWorld.with(runs: 1) { world async throws in
            let missing = try await world.run(["list"])
            #expect(missing.code == 2)
            #expect(missing.errors.hasPrefix("orchestrator: There is no folder \(world.folder.path)."))
            #expect(try await world.run(["export"] + Self.periods).code == 0)
            let unknown = try await world.run(["restore", "nothing"])
            #expect(unknown.code == 2)
            #expect(
                unknown.errors.hasPrefix("orchestrator: There is no archive nothing in \(world.folder.path).")
            )
            #expect(try await world.run(["restore", "nothing", "--run", "x"]).code == 2)
            let name = try #require(await world.names().first)
            let absent = try await world.run(["restore", name, "--run", UUID().uuidString])
            #expect(absent.code == 1)
            #expect(try absent.json()["not_found"] == 1)

            let file = world.folder.appending(path: name + ".ndjson.gz")
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: file)
            let verified = try await world.run(["verify"])
            #expect(verified.code == 1)
            #expect(try verified.json()["ok"] == false)
            #expect(
                try verified.json()["archives"]?[0]?["problem"] == "its file has another checksum")
            let text = try await world.run(["verify"], format: "text")
            #expect(
                text.output
                    == """
                    damaged   \(name): its file has another checksum
                    0 archives of 1 can be restored.

                    """)
            #expect(text.errors.hasPrefix("orchestrator: 1 archive cannot be restored."))
            let restored = try await world.run(["restore", name])
            #expect(restored.code == 1)
            #expect(try await world.rows() == [0, 0, 0])

            let url = ["--url", "postgres://nobody@127.0.0.1:1/none"]
            #expect(try await world.run(["export"] + Self.periods + url).code == 3)
            #expect(try await world.run(["export", "--hot", "soon"]).code == 2)
        }
    }

    @Test func `storage shows tiers, tables, indexes and archives`() async throws {
        try await ArchiveWorld.with(runs: 2) { world async throws in
            #expect(try await world.run(["export", "--hot", "0s", "--warm", "1d"]).code == 0)
            try await world.database.client.execute("ANALYZE workflow_runs")
            func storage(_ arguments: String...) async throws -> Tool.Result {
                try await Tool(
                    ["inspect", "storage"] + arguments, environment: ["DATABASE_URL": world.database.url]
                ).finish()
            }
            let report = try await storage("--format", "json").json()
            #expect(report["hot_runs"] == 0)
            #expect(report["warm_runs"] == 0)
            #expect(report["cold_runs"] == 2)
            #expect(report["archived"] == .null)
            let tables = report["tables"]?.arrayValue ?? []
            let runs = try #require(tables.first { $0["name"] == "workflow_runs" })
            #expect(runs["rows"] == 2)
            #expect((runs["index_bytes"]?.intValue ?? 0) > 0)
            #expect(runs["bloat_bytes"] == 0)
            let indexes = report["indexes"]?.arrayValue ?? []
            #expect(indexes.contains { $0["table"] == "workflow_events" })
            #expect((report["total_bytes"]?.intValue ?? 0) > 100_000)

            #expect(try await world.run(["export"] + Self.periods).code == 0)
            let moved = try await storage("--folder", world.folder.path, "--format", "json").json()
            #expect(moved["archived"]?["runs"] == 2)
            #expect(moved["archived"]?["archives"] == 1)
            let text = try await storage("--folder", world.folder.path)
            #expect(text.code == 0)
            #expect(text.output.contains("in archives"))
            #expect(text.output.contains("workflow_runs"))
        }
    }
}

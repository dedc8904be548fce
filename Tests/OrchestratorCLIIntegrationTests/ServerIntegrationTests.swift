import Foundation
import JSONModel
import PostgresWire
import Testing

/// `orchestrator server` with a server of the test's own.
@Suite(.needsCommandLine) struct ServerIntegrationTests {
    @Test func `start, status, url, stop and destroy`() async throws {
        let folder = "/tmp/cli-tests-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func run(_ verb: String, _ format: String = "json") async throws -> Tool.Result {
            try await Tool.run(
                "server", verb, "--name", "tool", "--format", format, environment: ["XDG_DATA_HOME": folder])
        }
        let absent = try await run("status")
        #expect(absent.code == 1)
        #expect(try absent.json() == ["name": "tool", "status": "absent", "url": nil])
        #expect(try await run("url").code == 2)

        let started = try await run("start")
        #expect(started.code == 0)
        let server = try started.json()
        #expect(server["status"] == "running")
        #expect(server["was_running"] == false)
        let url = try #require(server["url"]?.stringValue)
        let connection = try await PostgresConnection.connect(try PostgresConfiguration(url: url))
        #expect(try await connection.one("SELECT 1", as: Int.self) == 1)
        connection.close()

        let again = try await run("start").json()
        #expect(again["was_running"] == true)
        #expect(again["pid"] == server["pid"])
        #expect(try await run("url", "text").output == url + "\n")
        #expect(try await run("status").code == 0)
        #expect(try await run("stop").code == 0)
        let stopped = try await run("status")
        #expect(stopped.code == 1)
        #expect(try stopped.json()["status"] == "stopped")
        #expect(try await run("destroy").code == 0)
        #expect(try await run("status").json()["status"] == "absent")
    }
}

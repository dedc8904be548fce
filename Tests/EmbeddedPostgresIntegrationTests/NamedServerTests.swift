import EmbeddedPostgres
import Foundation
import Testing

@Suite(.serialized, .needsServer) struct NamedServerTests {
    @Test func `a named server outlives its handle, is found again, and keeps data and port over a restart`()
        async throws
    {
        let scratch = try ScratchFolder()
        let options = EmbeddedPostgresOptions(dataFolder: scratch.path)
        let first = try await EmbeddedPostgres.start(options)
        #expect(!first.wasRunning)
        _ = try await first.query("CREATE TABLE kept AS SELECT 42 AS n")

        // A server that runs is found without any of the steps that take time.
        var again = options
        again.progress = { Issue.record("the second start reports \($0)") }
        let second = try await EmbeddedPostgres.start(again)
        #expect(second.wasRunning)
        #expect(second.url == first.url)
        #expect(second.processIdentifier == first.processIdentifier)
        #expect(try await EmbeddedPostgresServer.url(options) == first.url)

        await second.stop()
        guard case .stopped(let url) = try await EmbeddedPostgresServer.status(options) else {
            Issue.record("it should be stopped")
            return
        }
        #expect(url == first.url)

        let third = try await EmbeddedPostgres.start(options)
        #expect(!third.wasRunning)
        #expect(third.url == first.url)
        #expect(third.unixSocketURL == first.unixSocketURL)
        #expect(try await third.query("SELECT n FROM kept") == "42")

        try await EmbeddedPostgresServer.destroy(options)
        guard case .absent = try await EmbeddedPostgresServer.status(options) else {
            Issue.record("it should be gone")
            return
        }
        #expect(!FileManager.default.fileExists(atPath: third.dataFolder))
        await #expect(throws: EmbeddedPostgresError.unknownServer(name: "main")) {
            try await EmbeddedPostgresServer.url(options)
        }
        try await EmbeddedPostgresServer.destroy(options)
    }

    @Test func `six starts at once give one server`() async throws {
        let scratch = try ScratchFolder()
        let options = EmbeddedPostgresOptions(name: "six", dataFolder: scratch.path)
        let servers = try await withThrowingTaskGroup(of: EmbeddedPostgresServer.self) { group in
            for _ in 0..<6 {
                group.addTask { try await EmbeddedPostgres.start(options) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(servers.count == 6)
        #expect(Set(servers.map(\.url)).count == 1)
        #expect(servers.filter { !$0.wasRunning }.count == 1)
        try await EmbeddedPostgresServer.destroy(options)
    }

    @Test func `a server whose main process was killed comes back with what was committed`() async throws {
        let scratch = try ScratchFolder()
        let options = EmbeddedPostgresOptions(name: "killed", dataFolder: scratch.path)
        let first = try await EmbeddedPostgres.start(options)
        _ = try await first.query("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
        kill(first.processIdentifier, SIGKILL)
        #expect(try await Processes.wait { !Processes.isAlive(first.processIdentifier) })
        let second = try await EmbeddedPostgres.start(options)
        #expect(!second.wasRunning)
        #expect(try await second.query("SELECT count(*) FROM kept") == "1000")
        try await EmbeddedPostgresServer.destroy(options)
    }

    @Test func `a stale process file is not believed, even if its number is in use again`() async throws {
        let scratch = try ScratchFolder()
        let options = EmbeddedPostgresOptions(name: "stale", dataFolder: scratch.path)
        let first = try await EmbeddedPostgres.start(options)
        let file = "\(first.dataFolder)/postmaster.pid"
        let content = try String(contentsOfFile: file, encoding: .utf8)
        await first.stop()
        let process = try Self.stranger(ofOwnerOf: first.dataFolder)
        let stranger = process.processIdentifier
        defer { kill(stranger, SIGKILL) }
        let stale =
            "\(stranger)\n" + content.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
        try stale.write(toFile: file, atomically: false, encoding: .utf8)

        guard case .stopped = try await EmbeddedPostgresServer.status(options) else {
            Issue.record("a stranger was taken for the server")
            return
        }
        let second = try await EmbeddedPostgres.start(options)
        #expect(!second.wasRunning)
        #expect(try await second.query("SELECT 1") == "1")
        #expect(Processes.isAlive(stranger))
        try await EmbeddedPostgresServer.destroy(options)
    }

    @Test func `a home with a very long path works`() async throws {
        let long = Array(repeating: "a-long-folder-name", count: 9).joined(separator: "/")
        let scratch = try ScratchFolder(below: long)
        let options = EmbeddedPostgresOptions(name: "long", dataFolder: scratch.path)
        let server = try await EmbeddedPostgres.start(options)
        #expect(server.dataFolder.utf8.count > 150)
        #expect(try await server.query("SELECT 1", url: server.unixSocketURL) == "1")
        try await EmbeddedPostgresServer.destroy(options)
    }

    @Test func `a home that the server's account cannot enter works`() async throws {
        let scratch = try ScratchFolder(mode: 0o700)
        let options = EmbeddedPostgresOptions(name: "closed", dataFolder: scratch.path)
        let server = try await EmbeddedPostgres.start(options)
        #expect(try await server.query("SELECT 1") == "1")
        let state = "\(scratch.path)/servers/closed.json"
        let mode = try FileManager.default.attributesOfItem(atPath: state)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try await EmbeddedPostgresServer.destroy(options)
        if server.dataFolder.hasPrefix("/var/tmp/orchestrator-postgres-") {
            let root = URL(fileURLWithPath: server.dataFolder).pathComponents.prefix(4).joined(separator: "/")
            try FileManager.default.removeItem(atPath: String(root.dropFirst()))
        }
    }

    /// Starts a process that is no server but belongs to the account that the server runs as.
    private static func stranger(ofOwnerOf folder: String) throws -> Process {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder)
        let user = try #require(attributes[.ownerAccountID] as? Int)
        let group = try #require(attributes[.groupOwnerAccountID] as? Int)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sleep", "300"]
        if getuid() == 0 {
            process.arguments = [
                "setpriv", "--reuid=\(user)", "--regid=\(group)", "--clear-groups", "sleep", "300",
            ]
        }
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        try process.run()
        return process
    }
}

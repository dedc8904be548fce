import EmbeddedPostgres
import Foundation
import Testing

@Suite(.serialized, .needsServer) struct EphemeralServerTests {
    @Test func `an ephemeral server answers over TCP and over its Unix socket, then leaves nothing`()
        async throws
    {
        let server = try await EmbeddedPostgres.start(.ephemeral)
        #expect(server.isEphemeral)
        #expect(try await server.query("SELECT 1") == "1")
        #expect(try await server.query("SELECT 1", url: server.unixSocketURL) == "1")
        #expect(try await server.query("SHOW timezone") == "UTC")
        #expect(try await server.query("SHOW fsync") == "on")
        #expect(try await server.query("SHOW server_encoding") == "UTF8")
        #expect(try await server.query("SHOW server_version").hasPrefix(server.version))
        #expect(try await server.query("CREATE EXTENSION vector; SELECT '[1,2]'::vector") == "[1,2]")
        await server.stop()
        await server.stop()
        #expect(!FileManager.default.fileExists(atPath: server.dataFolder))
        #expect(try await Processes.wait { !Processes.isAlive(server.processIdentifier) })
    }

    @Test func `a wrong password is refused on both ways in`() async throws {
        let server = try await EmbeddedPostgres.start(.ephemeral)
        for url in [server.url, server.unixSocketURL] {
            let start = try #require(url.range(of: "postgres://orchestrator:"))
            let end = try #require(url.range(of: "@"))
            let wrong = url.replacingCharacters(in: start.upperBound..<end.lowerBound, with: "wrong")
            #expect(try await server.query("SELECT 1", url: wrong) == "")
        }
        await server.stop()
    }

    @Test func `fsync is off only when that is asked for`() async throws {
        let options = EmbeddedPostgresOptions(
            ephemeral: true, durability: .none, settings: ["max_connections": "17"])
        let server = try await EmbeddedPostgres.start(options)
        #expect(try await server.query("SHOW fsync") == "off")
        #expect(try await server.query("SHOW synchronous_commit") == "off")
        #expect(try await server.query("SHOW max_connections") == "17")
        await server.stop()
    }

    @Test func `settings with quotes and backslashes arrive as they are`() async throws {
        let options = EmbeddedPostgresOptions(
            ephemeral: true, settings: ["app.motto": #"it's \ and ''"#])
        let server = try await EmbeddedPostgres.start(options)
        #expect(try await server.query("SHOW app.motto") == #"it's \ and ''"#)
        await server.stop()
    }

    @Test func `a server that cannot start reports its own words and leaves nothing`() async throws {
        let scratch = try ScratchFolder()
        let options = EmbeddedPostgresOptions(
            ephemeral: true, dataFolder: scratch.path, settings: ["max_connections": "many"])
        let error = await #expect(throws: EmbeddedPostgresError.self) {
            try await EmbeddedPostgres.start(options)
        }
        guard case .startFailed(let log) = error else {
            Issue.record("expected startFailed, got \(String(describing: error))")
            return
        }
        #expect(log.contains("max_connections"))
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/ephemeral")
        #expect(left == [])
    }

    @Test func `a cancelled start throws and leaves nothing`() async throws {
        let scratch = try ScratchFolder()
        let options = EmbeddedPostgresOptions(ephemeral: true, dataFolder: scratch.path)
        let start = Task { try await EmbeddedPostgres.start(options) }
        try await Task.sleep(for: .milliseconds(300))
        start.cancel()
        await #expect(throws: EmbeddedPostgresError.cancelled) { try await start.value }
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/ephemeral")
        #expect(left == [])
    }

    @Test func `what a crash of the machine left is removed, and what is in use is not`() async throws {
        let scratch = try ScratchFolder()
        let options = EmbeddedPostgresOptions(ephemeral: true, dataFolder: scratch.path)
        let first = try await EmbeddedPostgres.start(options)
        let ephemeral = "\(scratch.path)/ephemeral"
        let old = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -3_600)]
        for name in try FileManager.default.contentsOfDirectory(atPath: ephemeral)
        where name.hasSuffix(".lock") {
            try FileManager.default.setAttributes(old, ofItemAtPath: "\(ephemeral)/\(name)")
        }
        try FileManager.default.createDirectory(
            atPath: "\(ephemeral)/crashed/data", withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: "\(ephemeral)/crashed.lock"))
        try FileManager.default.setAttributes(old, ofItemAtPath: "\(ephemeral)/crashed.lock")

        let second = try await EmbeddedPostgres.start(options)
        #expect(!FileManager.default.fileExists(atPath: "\(ephemeral)/crashed"))
        #expect(!FileManager.default.fileExists(atPath: "\(ephemeral)/crashed.lock"))
        #expect(try await first.query("SELECT 1") == "1")
        await first.stop()
        await second.stop()
        #expect(try FileManager.default.contentsOfDirectory(atPath: ephemeral) == [])
    }
}

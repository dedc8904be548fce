import EmbeddedPostgres
import Foundation
import Testing

@Suite(.serialized, .needsServer) struct NamedServerRefusalTests {
    @Test func `a port that is taken is named`() async throws {
        let other = try await EmbeddedPostgres.start(.ephemeral)
        var options = EmbeddedPostgresOptions.ephemeral
        options.port = other.port
        await #expect(throws: EmbeddedPostgresError.portTaken(other.port)) {
            try await EmbeddedPostgres.start(options)
        }
        await other.stop()
    }

    @Test func `data of another major version is refused and left alone`() async throws {
        let scratch = try ScratchFolder()
        let options = EmbeddedPostgresOptions(name: "old", dataFolder: scratch.path)
        let server = try await EmbeddedPostgres.start(options)
        await server.stop()
        try "9\n".write(toFile: "\(server.dataFolder)/PG_VERSION", atomically: false, encoding: .utf8)
        let error = await #expect(throws: EmbeddedPostgresError.self) {
            try await EmbeddedPostgres.start(options)
        }
        guard case .versionMismatch("old", "9", _) = error else {
            Issue.record("expected versionMismatch, got \(String(describing: error))")
            return
        }
        #expect(FileManager.default.fileExists(atPath: "\(server.dataFolder)/global/pg_control"))
        try await EmbeddedPostgresServer.destroy(options)
    }

    @Test func `data without its state file is refused and left alone`() async throws {
        let scratch = try ScratchFolder()
        let options = EmbeddedPostgresOptions(name: "lost", dataFolder: scratch.path)
        let server = try await EmbeddedPostgres.start(options)
        try FileManager.default.removeItem(atPath: "\(scratch.path)/servers/lost.json")
        let folder = URL(fileURLWithPath: server.dataFolder).deletingLastPathComponent().path
        for _ in 0..<2 {
            await #expect(throws: EmbeddedPostgresError.stateMissing(name: "lost", path: folder)) {
                try await EmbeddedPostgres.start(options)
            }
            try await EmbeddedPostgresServer.stop(options)
        }
        #expect(FileManager.default.fileExists(atPath: "\(server.dataFolder)/PG_VERSION"))
        try await EmbeddedPostgresServer.destroy(options)
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test func `an installation can be named by its folder`() async throws {
        let first = try await EmbeddedPostgres.start(.ephemeral)
        let folder = URL(fileURLWithPath: first.programFolder).deletingLastPathComponent().path
        let second = try await EmbeddedPostgres.start(
            EmbeddedPostgresOptions(ephemeral: true, source: .localInstallation(path: folder)))
        #expect(second.programFolder == first.programFolder)
        await first.stop()
        await second.stop()
    }
}

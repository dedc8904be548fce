import EmbeddedPostgres
import Foundation
import Testing

@Suite struct EphemeralServerTests {
    @Test func `an ephemeral server answers over TCP and over its Unix socket, then leaves nothing`()
        async throws
    {
        let server = try await EmbeddedPostgres.start(.ephemeral)
        #expect(server.isEphemeral)
        #expect(try await server.query("SELECT 1") == "1")
        #expect(try await server.query("SELECT 1", url: server.unixSocketURL) == "1")
        #expect(try await server.query("SHOW timezone") == "UTC")
        #expect(try await server.query("SHOW fsync") == "on")
        #expect(try await server.query("SHOW server_version").hasPrefix(server.version))
        #expect(try await server.query("CREATE EXTENSION vector; SELECT '[1,2]'::vector") == "[1,2]")
        await server.stop()
        await server.stop()
        #expect(!FileManager.default.fileExists(atPath: server.dataFolder))
        #expect(kill(server.processIdentifier, 0) != 0)
    }
}

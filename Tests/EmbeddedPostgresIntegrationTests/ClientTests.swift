import EmbeddedPostgres
import PostgresWire
import Testing

@Suite(.needsServer) struct ClientTests {
    @Test func `the package's own client reaches the server over TCP and over its Unix socket`() async throws
    {
        let server = try await EmbeddedPostgres.start(.ephemeral)
        for url in [server.url, server.unixSocketURL] {
            let client = try PostgresClient(url: url)
            let answer = try await client.one("SELECT 1", as: Int32.self)
            #expect(answer == 1)
            await client.shutdown()
        }
        await server.stop()
    }
}

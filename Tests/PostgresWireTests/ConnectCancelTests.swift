import PostgresWire
import TestSupport
import Testing

/// Tasks that are cancelled while they connect.
@Suite struct ConnectCancelTests {
    @Test(.timeLimit(.minutes(1)))
    func `a task that is cancelled while it connects goes at once and its socket is closed`() async throws {
        let (started, starts) = AsyncStream<Void>.makeStream()
        let (ended, ends) = AsyncStream<Void>.makeStream()
        let server = try ScriptedServer { session in
            starts.yield()
            // Says nothing: without the cancellation the client waits until its deadline.
            try session.waitForEnd()
            ends.yield()
        }
        defer { server.stop() }
        var configuration = try PostgresConfiguration(url: server.url)
        configuration.connectTimeout = .seconds(3_600)
        let attempt = Task { [configuration] in try await PostgresConnection.connect(configuration) }
        for await _ in started { break }
        attempt.cancel()
        let error = await #expect(throws: PostgresError.self) { try await attempt.value }
        #expect(error?.code == .cancelled)
        #expect(error?.effect == PostgresError.Effect.none)
        for await _ in ended { break }
    }

    @Test func `a task that was cancelled before does not connect`() async throws {
        let configuration = try PostgresConfiguration(url: "postgres://nobody@127.0.0.1:1/none")
        let attempt = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await PostgresConnection.connect(configuration)
        }
        let error = await #expect(throws: PostgresError.self) { try await attempt.value }
        #expect(error?.code == .cancelled)
    }
}

import PostgresWire
import TestSupport
import Testing

/// A pool whose connection falls silent: its slot must come back.
@Suite(.serialized) struct PoolSilenceIntegrationTests {
    private func withSilentFirstConnection(
        afterAnswers count: Int = 1,
        reset: PostgresClientConfiguration.Reset = .automatic,
        _ body: (PostgresClient) async throws -> Void
    ) async throws {
        let url = try await TestServer.url()
        // The first connection answers its login and so many statements, and nothing after them.
        let moment = FaultMoment.after("ReadyForQuery", 1 + count)
        let silence = Fault.blackhole(moment, .connection).on(connections: 0...0)
        try await FaultProxy.between(url, [silence]) { proxy in
            var configuration = try PostgresClientConfiguration(url: proxy.url)
            configuration.maximumConnections = 1
            configuration.server.queryTimeout = Silence.deadline
            configuration.reset = reset
            let client = PostgresClient(configuration)
            try await body(client)
            await client.shutdown(grace: .zero)
        }
    }

    private func firstError(_ client: PostgresClient) async -> PostgresError? {
        await #expect(throws: PostgresError.self) { try await client.execute("SELECT 2") }
    }

    @Test(.timeLimit(.minutes(1)))
    func `the slot of a silent connection is there for the next caller`() async throws {
        try await withSilentFirstConnection { client in
            try await client.execute("SELECT 1")
            #expect(await firstError(client)?.code == .timedOut)
            let start = ContinuousClock.now
            let answer = try await client.one("SELECT 3", as: Int32.self)
            #expect(answer == 3)
            #expect(start.duration(to: .now) < .seconds(1))
            #expect(client.statistics.broken == 1)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a silent connection that was to be reset gives its slot back`() async throws {
        // The reset is a statement of its own.
        try await withSilentFirstConnection(afterAnswers: 2, reset: .always) { client in
            try await client.execute("SELECT 1")
            #expect(await firstError(client)?.code == .timedOut)
            let start = ContinuousClock.now
            let answer = try await client.one("SELECT 3", as: Int32.self)
            #expect(answer == 3)
            #expect(start.duration(to: .now) < .seconds(1))
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `calls in flight together on a silent connection all end and give the slot back`() async throws {
        try await withSilentFirstConnection { client in
            let start = ContinuousClock.now
            let codes: [PostgresError.Code?] = try await client.withConnection { connection in
                try await connection.execute("SELECT 1")
                return try await connection.pipeline(["SELECT 2", "SELECT 3", "SELECT 4"]).map { result in
                    if case .failure(let error) = result { error.code } else { nil }
                }
            }
            #expect(codes == [.timedOut, .timedOut, .timedOut])
            let answer = try await client.one("SELECT 5", as: Int32.self)
            #expect(answer == 5)
            #expect(start.duration(to: .now) < Silence.deadline + .seconds(1))
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `an open transaction on a silent connection gives the slot back`() async throws {
        try await withSilentFirstConnection { client in
            let error = await #expect(throws: PostgresError.self) {
                try await client.withTransaction { try await $0.execute("SELECT 1") }
            }
            #expect(error?.code == .timedOut)
            #expect(error?.effect == .unknown)
            let answer = try await client.one("SELECT 3", as: Int32.self)
            #expect(answer == 3)
        }
    }
}

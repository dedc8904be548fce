import PostgresWire
import TestSupport
import Testing

/// Row R12: cancels while a connection is being opened.
@Suite struct ConnectCancelIntegrationTests {
    private static let count = StressSize.pick(40, full: 1_000)

    @Test(.timeLimit(.minutes(5)))
    func `a caller cancelled while the pool connects goes at once and the connection serves the next one`()
        async throws
    {
        let proxy = try HaltingProxy(to: try PostgresConfiguration(url: try await TestServer.url()))
        defer { proxy.close() }
        proxy.halt()
        try await withPool(to: proxy.configuration, pool { $0.maximumConnections = 1 }) { client in
            var times = Times()
            for index in 0..<Self.count {
                let caller = Task { try await client.one("SELECT \(index)", as: Int.self) }
                #expect(await holds { client.statistics.waiting == 1 && client.statistics.opening == 1 })
                let start = ContinuousClock.now
                caller.cancel()
                let error = await errorOf { _ = try await caller.value }
                times.add(start.duration(to: .now))
                #expect(error?.code == .cancelled)
                #expect(error?.effect == PostgresError.Effect.none)
            }
            proxy.resume()
            let answer = try await client.one("SELECT 7", as: Int.self)
            #expect(answer == 7)
            #expect(client.statistics.cancelled == Self.count)
            #expect(client.statistics.waiting == 0)
            #expect(times.longest <= .seconds(StressSize.pick(5, full: 2)))
            #expect(times.percentile(StressSize.pick(25, full: 99)) <= .milliseconds(100))
            StressSize.report("R12 cancel while the pool connects", "the caller is back: \(times)")
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a cancelled attempt to connect ends at once and leaves no socket behind`() async throws {
        let ended = Shared(0)
        let server = try ScriptedServer { session in
            // The client may go before it has said anything.
            defer { ended.next() }
            _ = try session.receive(until: "StartupMessage")
            try session.waitForEnd()
        }
        defer { server.stop() }
        let configuration = try PostgresConfiguration(url: server.url)
        var times = Times()
        var random = SeededGenerator(seed: 12)
        for _ in 0..<Self.count {
            let attempt = Task { try await PostgresConnection.connect(configuration) }
            try await Task.sleep(for: .microseconds(500 + random.below(5_000)))
            let start = ContinuousClock.now
            attempt.cancel()
            let error = await errorOf { _ = try await attempt.value }
            times.add(start.duration(to: .now))
            #expect(error?.code == .cancelled)
            #expect(error?.effect == PostgresError.Effect.none)
        }
        #expect(server.connectionCount > 0)
        #expect(
            await holds(within: .seconds(5)) { ended.value == server.connectionCount })
        #expect(times.longest <= .seconds(StressSize.pick(5, full: 2)))
        #expect(times.percentile(StressSize.pick(25, full: 99)) <= .milliseconds(100))
        StressSize.report("R12 cancel while connecting", "the caller is back: \(times)")
    }
}

import PostgresWire
import TestSupport
import Testing

/// LISTEN while its connection is killed or falls silent, and the client's half of row D10.
@Suite(.serialized) struct ListenerLossIntegrationTests {
    private typealias Iterator = PostgresNotifications.Iterator

    /// The payloads that follow, without gaps; ends with `last`.
    private func payloads(of iterator: inout Iterator, until last: String) async -> [String] {
        var payloads: [String] = []
        while let event = await iterator.next() {
            guard case .notification(let notification) = event else { continue }
            payloads.append(notification.payload)
            if notification.payload == last { break }
        }
        return payloads
    }

    @Test(.timeLimit(.minutes(10)))
    func `after each kill every consumer sees the gap and what comes later`() async throws {
        let kills = StressSize.pick(15, full: 100)
        try await TestServer.withDatabase { database in
            let client = database.client
            let channels = ["a", "a", "b"]
            var iterators = channels.map { client.notifications(on: $0).makeAsyncIterator() }
            for index in iterators.indices { #expect(await iterators[index].next() == .gap(.started)) }
            var times = Times()
            for kill in 1...kills {
                let killed = try await client.collect(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND query LIKE '%LISTEN%' AND pid <> pg_backend_pid()
                       OR datname = current_database() AND query = '' AND pid <> pg_backend_pid()
                    """, as: Bool.self)
                let start = ContinuousClock.now
                #expect(killed.contains(true))
                for index in iterators.indices {
                    #expect(await iterators[index].next() == .gap(.connectionLost))
                }
                times.add(start.duration(to: .now))
                try await client.notify("a", "a\(kill)")
                try await client.notify("b", "b\(kill)")
                for (index, channel) in channels.enumerated() {
                    let last = "\(channel)\(kill)"
                    #expect(await payloads(of: &iterators[index], until: last) == [last])
                }
            }
            let statistics = client.listenerStatistics
            #expect(statistics.losses == kills)
            #expect(statistics.connections == kills + 1)
            #expect(times.percentile(StressSize.pick(50, full: 100)) <= .seconds(5))
            StressSize.report("LISTEN under kills", "\(kills) kills, every consumer listens again: \(times)")
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a consumer that is killed under load is told of every gap and misses nothing between them`()
        async throws
    {
        let kills = StressSize.pick(5, full: 50)
        try await TestServer.withDatabase { database in
            let isOver = Shared(false)
            let sender = database.anotherClient()
            let sending = Task {
                var number = 0
                while !isOver.value {
                    number += 1
                    try await sender.notify("n", "\(number)")
                }
                return number
            }
            var events = database.client.notifications(on: "n", bufferedEvents: 100_000).makeAsyncIterator()
            #expect(await events.next() == .gap(.started))
            var last: Int?
            var gaps = 0
            var seen = 0
            var skipped = 0
            for kill in 1...kills {
                while gaps < kill, let event = await events.next() {
                    switch event {
                    case .gap(let gap):
                        #expect(gap == .connectionLost)
                        gaps += 1
                        last = nil
                    case .notification(let notification):
                        let number = try #require(Int(notification.payload))
                        if let last, number != last + 1 { skipped += 1 }
                        last = number
                        seen += 1
                        if seen % 40 == 20 {
                            _ = try await sender.collect(
                                """
                                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                                WHERE datname = current_database() AND query LIKE '%LISTEN%'
                                    AND pid <> pg_backend_pid()
                                """)
                        }
                    }
                }
            }
            isOver.set(true)
            let sent = try await sending.value
            await sender.shutdown()
            #expect(gaps == kills)
            #expect(skipped == 0)
            #expect(seen > kills * 19)
            StressSize.report(
                "LISTEN under kills and load",
                "\(sent) sent, \(seen) seen, \(gaps) gaps, \(skipped) missing without a gap")
        }
    }

    /// The connection's packets vanish in both directions: no error, no end, and no answer to those who try again.
    @Test(.timeLimit(.minutes(30)))
    func `a listener whose network swallows everything notices and heals`() async throws {
        let cycles = StressSize.pick(3, full: 50)
        let interval = StressSize.pick(Duration.milliseconds(500), full: .seconds(2))
        try await TestServer.withDatabase { database in
            let proxy = try HaltingProxy(to: database.configuration)
            defer { proxy.close() }
            try await withPool(
                to: database.configuration,
                pool {
                    $0.listenServer = proxy.configuration
                    $0.listenProbeInterval = interval
                }
            ) { client in
                var events = client.notifications(on: "c").makeAsyncIterator()
                #expect(await events.next() == .gap(.started))
                var noticed = Times()
                var healed = Times()
                for cycle in 1...cycles {
                    let silent = ContinuousClock.now
                    proxy.halt()
                    try await client.notify("c", "lost \(cycle)")
                    #expect(await holds(within: .seconds(30)) { client.listenerStatistics.losses == cycle })
                    noticed.add(silent.duration(to: .now))
                    // Long enough for attempts to connect that nobody answers.
                    try await Task.sleep(for: .milliseconds(cycle % 3 * StressSize.pick(200, full: 1_200)))
                    let back = ContinuousClock.now
                    proxy.resume()
                    #expect(await events.next() == .gap(.connectionLost))
                    healed.add(back.duration(to: .now))
                    try await client.notify("c", "\(cycle)")
                    #expect(await payloads(of: &events, until: "\(cycle)") == ["\(cycle)"])
                }
                #expect(noticed.percentile(StressSize.pick(50, full: 100)) <= .seconds(5))
                #expect(healed.percentile(StressSize.pick(50, full: 100)) <= .seconds(5))
                StressSize.report("D10 silence under LISTEN", "noticed: \(noticed); healed: \(healed)")
            }
        }
    }
}

import PostgresWire
import TestSupport
import Testing

/// LISTEN and NOTIFY against a server.
@Suite struct NotificationIntegrationTests {
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

    @Test(.timeLimit(.minutes(1)))
    func `two consumers of a channel each get every notification over one connection`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.client
            let name = "Jobs \"new\"; é"
            var first = client.notifications(on: name).makeAsyncIterator()
            var second = client.notifications(on: name).makeAsyncIterator()
            #expect(await first.next() == .gap(.started))
            #expect(await second.next() == .gap(.started))
            for payload in ["1", "2", "3"] { try await client.notify(name, payload) }
            #expect(await payloads(of: &first, until: "3") == ["1", "2", "3"])
            #expect(await payloads(of: &second, until: "3") == ["1", "2", "3"])
            let statistics = client.listenerStatistics
            #expect(statistics.connections == 1)
            #expect(statistics.channels == 1)
            #expect(statistics.consumers == 2)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a notification of a transaction comes with its commit`() async throws {
        try await TestServer.withDatabase { database in
            var events = database.client.notifications(on: "t").makeAsyncIterator()
            #expect(await events.next() == .gap(.started))
            try await database.client.withTransaction { connection in
                try await connection.notify("t", "committed")
                try await database.client.notify("t", "first")
            }
            struct Undo: Error {}
            await #expect(throws: Undo.self) {
                try await database.client.withTransaction { connection in
                    try await connection.notify("t", "undone")
                    throw Undo()
                }
            }
            try await database.client.notify("t", "last")
            #expect(await payloads(of: &events, until: "last") == ["first", "committed", "last"])
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `the last consumer of a channel takes the LISTEN with it`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.client
            var kept = client.notifications(on: "kept").makeAsyncIterator()
            #expect(await kept.next() == .gap(.started))
            do {
                var one = client.notifications(on: "dropped").makeAsyncIterator()
                var two = client.notifications(on: "dropped").makeAsyncIterator()
                #expect(await one.next() == .gap(.started))
                #expect(await two.next() == .gap(.started))
            }
            // A new consumer is told only once the server has taken what was owed before.
            var again = client.notifications(on: "dropped").makeAsyncIterator()
            #expect(await again.next() == .gap(.started))
            #expect(client.listenerStatistics.channels == 2)
            let commands = try await client.collect(
                "SELECT query FROM pg_stat_activity WHERE query LIKE '%LISTEN%' AND pid <> pg_backend_pid()",
                as: String.self)
            #expect(commands.filter { $0.contains("LISTEN \"dropped\"") }.count == 1)
            try await client.notify("kept", "x")
            #expect(await payloads(of: &kept, until: "x") == ["x"])
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a slow consumer loses the oldest events and is told how many`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.client
            var slow = client.notifications(on: "c", bufferedEvents: 10).makeAsyncIterator()
            var fast = client.notifications(on: "c").makeAsyncIterator()
            #expect(await slow.next() == .gap(.started))
            try await client.withTransaction { connection in
                for number in 1...100 { try await connection.notify("c", "\(number)") }
            }
            #expect(await payloads(of: &fast, until: "100").count == 100)
            #expect(await slow.next() == .gap(.overflow(dropped: 90)))
            #expect(await payloads(of: &slow, until: "100") == (91...100).map(String.init))
            #expect(client.listenerStatistics.dropped == 90)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a cancelled consumer and a client that is shut down end the sequence`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.anotherClient()
            let cancelled = Task {
                var events = 0
                for await _ in client.notifications(on: "c") { events += 1 }
                return events
            }
            var other = client.notifications(on: "c").makeAsyncIterator()
            #expect(await other.next() == .gap(.started))
            cancelled.cancel()
            #expect(await cancelled.value <= 1)
            let waiting = Task {
                var events: [PostgresNotificationEvent] = []
                for await event in client.notifications(on: "d") { events.append(event) }
                return events
            }
            while client.listenerStatistics.channels < 2 { await Task.yield() }
            await client.shutdown()
            #expect(await other.next() == nil)
            let seen = await waiting.value
            #expect(seen == [.gap(.started)] || seen == [])
            var late = client.notifications(on: "c").makeAsyncIterator()
            #expect(await late.next() == nil)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `names and payloads that the server would refuse are refused before anything is sent`() async throws
    {
        try await TestServer.withDatabase { database in
            let client = database.client
            let opened = client.statistics.opened
            for (channel, payload) in [
                ("", "x"), (String(repeating: "c", count: 64), "x"), ("a\0b", "x"), ("c", "x\0"),
                ("c", String(repeating: "x", count: 8_000)),
            ] {
                let error = await #expect(throws: PostgresError.self) {
                    try await client.notify(channel, payload)
                }
                #expect(error?.code == .encoding)
                #expect(error?.effect == PostgresError.Effect.none)
            }
            #expect(client.statistics.opened == opened)
            var refused = client.notifications(on: String(repeating: "c", count: 64)).makeAsyncIterator()
            #expect(await refused.next() == .gap(.invalidChannel))
            #expect(await refused.next() == nil)
            let longest = String(repeating: "c", count: 63)
            var events = client.notifications(on: longest).makeAsyncIterator()
            #expect(await events.next() == .gap(.started))
            let payload = String(repeating: "x", count: 7_999)
            try await client.notify(longest, payload)
            #expect(await payloads(of: &events, until: payload) == [payload])
        }
    }
}

import PostgresWire
import TestSupport
import Testing

@Suite struct NotificationsTests {
    @Test func `a loop hears what is sent and looks first`() async throws {
        try await Sample.withClient { client in
            let heard = Collected()
            @Sendable func run(_ payload: String) async throws {
                heard.add(payload)
                if payload == "42" { throw CancellationError() }
            }
            @Sendable func runEverythingThatWaits() async throws {
                heard.add("look")
                try await client.notify("jobs", "41")

                try await client.notify("jobs", "42")
            }
            let listening = Task {
                for await event in client.notifications(on: "jobs") {
                    switch event {
                    case .notification(let notification): try await run(notification.payload)
                    case .gap: try await runEverythingThatWaits()
                    }
                }
            }
            await #expect(throws: CancellationError.self) { try await listening.value }
            #expect(heard.texts == ["look", "41", "42"])
        }
    }

    @Test func `a message of a transaction comes when it commits`() async throws {
        try await Sample.withClient { client in
            var events = client.notifications(on: "items").makeAsyncIterator()
            let seen1 = await events.next()
            #expect(seen1 == .gap(.started))

            try await client.withTransaction { connection in
                try await connection.execute("INSERT INTO items (id, name) VALUES (\(9), \("oat milk"))")
                try await connection.notify("items", "9")
            }

            guard case .notification(let notification) = await events.next() else {
                Issue.record("no notification")
                return
            }
            #expect(notification.payload == "9")
        }
    }

    @Test func `limits are checked before anything is sent`() async throws {
        try await Sample.withClient { client in
            for (channel, payload) in [
                ("", ""), (String(repeating: "c", count: 64), ""),
                ("c", String(repeating: "p", count: 8_000)),
            ] {
                let error = await errorOf { try await client.notify(channel, payload) }
                #expect(error?.code == .encoding)
                #expect(error?.effect == PostgresError.Effect.none)
            }
            var events = client.notifications(on: "").makeAsyncIterator()
            let seen2 = await events.next()
            #expect(seen2 == .gap(.invalidChannel))
            let seen3 = await events.next()
            #expect(seen3 == nil)
        }
    }

    @Test func `the listener may go to the server itself`() async throws {
        try await Sample.withDatabase { _, database in
            let server = database.configuration
            let pooler = PostgresConfiguration(host: "pooler.example.com", user: "shop")

            var pool = PostgresClientConfiguration(pooler)
            pool.listenServer = server
            let client = PostgresClient(pool)

            var events = client.notifications(on: "jobs").makeAsyncIterator()
            let seen4 = await events.next()
            #expect(seen4 == .gap(.started))
            await client.shutdown()
        }
    }
}

import PostgresWire
import TestSupport
import Testing

@Suite struct CancellationAndDeadlinesTests {
    @Test func `a cancelled task stops its statement`() async throws {
        try await Sample.withClient { client in
            let report = Task { try await client.execute("SELECT pg_sleep(60)") }
            try await Task.sleep(for: .milliseconds(100))
            report.cancel()

            let error = await errorOf { _ = try await report.value }
            #expect(error?.code == .cancelled)
            #expect(error?.effect != .unknown)
            #expect(client.statistics.broken == 0)
        }
    }

    @Test func `a statement with a deadline`() async throws {
        try await Sample.withClient { client in
            let rows = try await client.collect(
                ("SELECT id, email FROM users" as PostgresQuery).timeout(.seconds(2)))

            #expect(rows.count == 3)
            let error = await errorOf {
                _ = try await client.collect(
                    ("SELECT pg_sleep(60)" as PostgresQuery).timeout(.milliseconds(50)))
            }
            #expect(error?.code == .timedOut)
        }
    }

    @Test func `deadlines of a configuration`() async throws {
        try await Sample.withDatabase { _, database in
            var server = database.configuration
            server.queryTimeout = .seconds(30)

            server.runtimeParameters["statement_timeout"] = "35s"
            server.runtimeParameters["idle_in_transaction_session_timeout"] = "6min"

            let connection = try await PostgresConnection.connect(server)
            let seen1 = try await connection.one("SHOW statement_timeout", as: String.self)
            #expect(seen1 == "35s")
            try await connection.execute("SET statement_timeout = '20ms'")
            let error = await errorOf { try await connection.execute("SELECT pg_sleep(60)") }
            #expect(error?.code == .server)
            #expect(error?.sqlState == "57014")
            connection.close()
        }
    }

    @Test func `the deadlines are those of the article`() {
        let server = PostgresConfiguration(user: "shop")
        #expect(server.connectTimeout == .seconds(10))
        #expect(server.queryTimeout == nil)
        #expect(server.cancelGrace == .seconds(5))
        #expect(server.idleInTransactionTimeout == .seconds(300))
    }
}

import PostgresWire
import TestSupport
import Testing

@Suite struct PoolingTests {
    @Test func `a connection for several calls`() async throws {
        try await Sample.withClient { client in
            let (count, newest) = try await client.withConnection { connection in
                let count = try await connection.one("SELECT count(*) FROM users", as: Int.self)
                let newest = try await connection.one("SELECT max(id) FROM users", as: Int.self)
                return (count, newest)
            }

            #expect(count == 3)
            #expect(newest == 3)
        }
    }

    @Test func `a task that waits for itself is told so`() async throws {
        try await Sample.withDatabase { _, database in
            var pool = PostgresClientConfiguration(database.configuration)
            pool.maximumConnections = 1
            let client = PostgresClient(pool)
            let error = await errorOf {
                // wrong: waits for a second connection while it holds the first
                try await client.withConnection { connection in
                    let ids = try await connection.collect("SELECT id FROM users", as: Int.self)
                    for id in ids {
                        try await client.execute("UPDATE users SET nickname = NULL WHERE id = \(id)")
                    }
                }
            }
            #expect(error?.code == .invalidUse)

            // right
            try await client.withConnection { connection in
                let ids = try await connection.collect("SELECT id FROM users", as: Int.self)
                for id in ids {
                    try await connection.execute("UPDATE users SET nickname = NULL WHERE id = \(id)")
                }
            }

            let left = try await client.one("SELECT count(nickname) FROM users", as: Int.self)
            #expect(left == 0)
            await client.shutdown()
        }
    }

    @Test func `the limits are those of the article`() {
        let server = PostgresConfiguration(user: "shop")
        let defaults = PostgresClientConfiguration(server)
        #expect(defaults.maximumConnections == 10)
        #expect(defaults.minimumConnections == 0)
        #expect(defaults.maximumOpening == 2)
        #expect(defaults.maximumWaiters == 10_000)
        #expect(defaults.acquireTimeout == .seconds(10))
        #expect(defaults.idleTimeout == .seconds(600))
        #expect(defaults.maximumLifetime == .seconds(3_600))
        #expect(defaults.leakThreshold == .seconds(300))
        #expect(defaults.reset == .automatic)
    }

    @Test func `limits are set`() async {
        let server = PostgresConfiguration(port: 1, user: "shop")

        var pool = PostgresClientConfiguration(server)
        pool.maximumConnections = 20
        pool.minimumConnections = 2
        pool.acquireTimeout = .seconds(3)
        pool.maximumWaiters = 500
        pool.maximumLifetime = .seconds(1_800)
        let client = PostgresClient(pool)

        #expect(client.configuration.maximumConnections == 20)
        await client.shutdown()
    }

    @Test func `a wrong password is an error at once`() async throws {
        try await Sample.withDatabase { _, database in
            var server = database.configuration
            server.password = "wrong"
            let client = PostgresClient(PostgresClientConfiguration(server))
            var printed: [String] = []
            func print(_ what: String, _ error: PostgresError) { printed.append(what) }

            do throws(PostgresError) {
                try await client.execute("SELECT 1")
            } catch {
                switch error.code {
                case .connectionRefused: print("not let in:", error)
                case .timedOut, .poolExhausted: print("try later:", error)
                default: throw error
                }
            }

            #expect(printed == ["not let in:"])
            await client.shutdown()
        }
    }

    @Test func `what a function changes is not seen`() async throws {
        try await Sample.withDatabase { _, database in
            var pool = PostgresClientConfiguration(database.configuration)
            pool.maximumConnections = 1
            let client = PostgresClient(pool)

            // right: ends with the transaction
            try await client.withTransaction { connection in
                try await connection.setLocal("app.tenant", to: "acme")
                try await connection.execute("UPDATE users SET nickname = NULL")
            }

            let tenant: PostgresQuery = "SELECT coalesce(current_setting('app.tenant', true), '')"
            let seen1 = try await client.one(tenant, as: String.self)
            #expect(seen1 == "")

            // wrong: outlives the loan, and nobody sees it
            try await client.execute("SELECT set_config('app.tenant', \("acme"), false)")

            let seen2 = try await client.one(tenant, as: String.self)
            #expect(seen2 == "acme")
            await client.shutdown()
        }
    }

    @Test func `a SET is undone before the next borrower`() async throws {
        try await Sample.withDatabase { _, database in
            var pool = PostgresClientConfiguration(database.configuration)
            pool.maximumConnections = 1
            let client = PostgresClient(pool)
            try await client.execute("SET work_mem = '77MB'")
            let seen3 = try await client.one("SHOW work_mem", as: String.self)
            #expect(seen3 != "77MB")
            await client.shutdown()
        }
    }

    @Test func `statistics`() async throws {
        try await Sample.withClient { client in
            var printed: [String] = []
            func print(_ values: Any) { printed.append("\(values)") }

            let statistics = client.statistics
            print("\(statistics.lent) lent, \(statistics.idle) idle, \(statistics.waiting) waiting")
            if statistics.timedOut > 0 { print(client.leakedLoans) }

            #expect(printed == ["0 lent, 1 idle, 0 waiting"])
        }
    }
}

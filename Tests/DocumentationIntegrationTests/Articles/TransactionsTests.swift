import PostgresWire
import TestSupport
import Testing

@Suite struct TransactionsTests {
    @Test(arguments: [(30, [70, 50]), (300, [100, 20])])
    func `a transfer`(amount: Int, balances: [Int]) async throws {
        try await Sample.withClient { client in
            let (from, to) = (1, 2)
            do {
                struct NotEnough: Error {}

                try await client.withTransaction { connection in
                    let balance = try await connection.one(
                        "SELECT balance FROM accounts WHERE id = \(from) FOR UPDATE", as: Int.self)
                    guard balance >= amount else { throw NotEnough() }
                    try await connection.execute(
                        "UPDATE accounts SET balance = balance - \(amount) WHERE id = \(from)")
                    try await connection.execute(
                        "UPDATE accounts SET balance = balance + \(amount) WHERE id = \(to)")
                }
            } catch {
                #expect("\(type(of: error))" == "NotEnough")
                #expect(amount == 300)
            }
            let after = try await client.collect("SELECT balance FROM accounts ORDER BY id", as: Int.self)
            #expect(after == balances)
        }
    }

    @Test func `the client is outside of the transaction`() async throws {
        try await Sample.withClient { client in
            do {
                // wrong: the second statement stays, whatever happens to the first
                try await client.withTransaction { connection in
                    try await connection.execute("UPDATE accounts SET balance = 0 WHERE id = 1")
                    try await client.execute("INSERT INTO users (email) VALUES (\("log@example.com"))")
                    throw CancellationError()
                }
            } catch {}
            let seen1 = try await client.one("SELECT balance FROM accounts WHERE id = 1", as: Int.self)
            #expect(seen1 == 100)
            let seen2 = try await client.one("SELECT count(*) FROM users", as: Int.self)
            #expect(seen2 == 4)
        }
    }

    @Test func `options`() async throws {
        try await Sample.withClient { client in
            let (users, items) = try await client.withTransaction(
                isolation: .repeatableRead, access: .readOnly
            ) { connection in
                let users = try await connection.one("SELECT count(*) FROM users", as: Int.self)
                let items = try await connection.one("SELECT count(*) FROM items", as: Int.self)
                return (users, items)
            }

            #expect(users == 3)
            #expect(items == 2)
        }
    }

    @Test func `settings and locks end with the transaction`() async throws {
        try await Sample.withClient { client in
            let tenant = "acme"
            let locks: PostgresQuery = """
                SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
                WHERE locktype = 'advisory' AND datname = current_database()
                """
            @Sendable func rebuild(_ connection: PostgresConnection) async throws {
                let held = try await connection.one(locks, as: Int.self)
                #expect(held == 1)
            }

            try await client.withTransaction { connection in
                try await connection.setLocal(["app.tenant": tenant, "statement_timeout": "5s"])
                try await connection.acquireAdvisoryLock(4_711, scope: .transaction, timeout: .seconds(3))
                try await connection.execute("UPDATE users SET nickname = NULL")
            }

            try await client.withConnection { connection in
                try await connection.withAdvisoryLock(AdvisoryLockKey(1, 42), timeout: .seconds(3)) {
                    try await rebuild(connection)
                }
            }

            let held = try await client.one(locks, as: Int.self)
            #expect(held == 0)
            let error = await errorOf {
                try await client.withConnection { try await $0.setLocal("app.tenant", to: "acme") }
            }
            #expect(error?.code == .invalidUse)
        }
    }

    @Test func `a conflict is retried`() async throws {
        try await Sample.withClient { client in
            try await client.withTransaction(isolation: .serializable, retry: .standard) { connection in
                let total = try await connection.one("SELECT sum(balance)::int8 FROM accounts", as: Int.self)
                try await connection.execute("INSERT INTO accounts VALUES (\(3), \(total))")
            }

            let total = try await client.one("SELECT balance FROM accounts WHERE id = 3", as: Int.self)
            #expect(total == 120)
            #expect(TransactionRetry.standard.attempts == 5)
            #expect(TransactionRetry.standard.baseDelay == .milliseconds(5))
            let attempts = Collected()
            try await client.withTransaction(isolation: .serializable, retry: .standard) { connection in
                let total = try await connection.one("SELECT sum(balance)::int8 FROM accounts", as: Int.self)
                if attempts.texts.isEmpty {
                    try await client.withTransaction(isolation: .serializable) { other in
                        let seen = try await other.one(
                            "SELECT sum(balance)::int8 FROM accounts", as: Int.self)
                        try await other.execute("UPDATE accounts SET balance = \(seen) WHERE id = 1")
                    }
                }
                attempts.add("\(total)")
                try await connection.execute("UPDATE accounts SET balance = \(total) WHERE id = 2")
            }
            #expect(attempts.texts == ["240", "380"])
        }
    }

    @Test func `an inner transaction cannot ask for more than the outer one has`() async throws {
        try await Sample.withClient { client in
            let error = await errorOf {
                try await client.withTransaction { connection in
                    try await connection.withTransaction(isolation: .serializable) { _ = $0 }
                }
            }
            #expect(error?.code == .invalidUse)
        }
    }

    @Test func `a swallowed error ends the transaction`() async throws {
        try await Sample.withClient { client in
            let error = await errorOf {
                // wrong: the error is swallowed, and with it the whole transaction
                try await client.withTransaction { connection in
                    try await connection.execute("UPDATE accounts SET balance = balance + 1")
                    _ = try? await connection.execute(
                        "INSERT INTO users (email) VALUES (\("ada@example.com"))")
                }
            }
            #expect(error?.code == .transactionRolledBack)
            #expect(error?.effect == .rolledBack)
            let seen3 = try await client.one("SELECT sum(balance)::int8 FROM accounts", as: Int.self)
            #expect(seen3 == 120)
        }
    }

    @Test func `a savepoint is undone alone`() async throws {
        try await Sample.withClient { client in
            // right: only the insert is undone
            try await client.withTransaction { connection in
                try await connection.execute("UPDATE accounts SET balance = balance + 1")
                _ = try? await connection.withTransaction { inner in
                    try await inner.execute("INSERT INTO users (email) VALUES (\("ada@example.com"))")
                }
            }

            let seen4 = try await client.one("SELECT sum(balance)::int8 FROM accounts", as: Int.self)
            #expect(seen4 == 122)
            let seen5 = try await client.one("SELECT count(*) FROM users", as: Int.self)
            #expect(seen5 == 3)
        }
    }

    @Test(arguments: [PostgresError.Effect.unknown, .rolledBack])
    func `an unknown effect is looked at first`(effect: PostgresError.Effect) async throws {
        let calls = Collected()
        func transfer(_ client: PostgresClient) async throws {
            calls.add("transfer")
            if calls.texts.count == 1 {
                throw PostgresError(.connectionFailed, effect: effect, reason: "lost")
            }
        }
        func isTransferred(_ client: PostgresClient) async throws -> Bool {
            calls.add("look")
            return false
        }
        func run(_ client: PostgresClient) async throws {
            do {
                try await transfer(client)
            } catch let error as PostgresError where error.effect == .unknown {
                if try await !isTransferred(client) { try await transfer(client) }
            }
        }
        let error = await errorOf { try await run(PostgresClient(url: "postgres://nobody@localhost")) }
        #expect(calls.texts == (effect == .unknown ? ["transfer", "look", "transfer"] : ["transfer"]))
        #expect((error == nil) == (effect == .unknown))
    }
}

import PostgresWire
import TestSupport
import Testing

@Suite struct SecurityTests {
    @Test func `a name from outside stays a name`() async throws {
        func failure(_ body: () async throws -> Void) async -> PostgresError? { await errorOf(body) }
        try await Sample.withClient { client in
            let column = "nickname; DROP TABLE users"
            let query: PostgresQuery = "SELECT \(identifier: column) FROM users"
            let error = await failure { try await client.execute(query) }

            #expect(error?.sqlState == "42703")
            let seen1 = try await client.one("SELECT count(*) FROM users", as: Int.self)
            #expect(seen1 == 3)
        }
    }

    @Test func `a description quotes no row`() async throws {
        try await Sample.withClient { client in
            let error = await errorOf {
                try await client.execute("INSERT INTO users (email) VALUES (\("ada@example.com"))")
            }
            #expect(error?.server?.detail?.contains("ada@example.com") == true)
            #expect(error.map { "\($0)" }?.contains("ada") == false)
            #expect(error.map { String(reflecting: $0) }?.contains("ada") == false)
        }
    }
}

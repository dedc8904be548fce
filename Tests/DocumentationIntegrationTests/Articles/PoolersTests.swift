import PostgresWire
import TestSupport
import Testing

@Suite struct PoolersTests {
    @Test func `a configuration for a pooler that shares sessions`() async throws {
        try await Sample.withDatabase { _, database in
            let (url, server) = (database.url, database.configuration)

            var pooler = try PostgresConfiguration(url: url)
            pooler.statementMode = .unnamed

            var pool = PostgresClientConfiguration(pooler)
            pool.reset = .never
            pool.listenServer = server
            let client = PostgresClient(pool)

            #expect(
                try await client.one("SELECT name FROM items WHERE id = \(7)", as: String.self) == "green tea"
            )
            let prepared = try await client.one(
                "SELECT count(*) FROM pg_prepared_statements WHERE name <> ''", as: Int.self)
            #expect(prepared == 0)
            await client.shutdown()
        }
    }
}

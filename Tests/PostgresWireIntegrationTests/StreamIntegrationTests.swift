import PostgresWire
import TestSupport
import Testing

@Suite struct StreamIntegrationTests {
    @Test func `rows arrive in order and all of them`() async throws {
        try await withPool { client in
            let (sum, count) = try await client.withConnection { connection in
                var sum = 0
                var count = 0
                let rows = try await connection.query(
                    "SELECT i, repeat('x', 100) FROM generate_series(1, 100000) i")
                for try await row in rows {
                    let (number, text) = try row.decode((Int, String).self)
                    sum += number
                    count += text.utf8.count
                }
                return (sum, count)
            }
            #expect(sum == 5_000_050_000)
            #expect(count == 10_000_000)
        }
    }

    @Test func `a reader that stops early leaves the connection usable`() async throws {
        try await withPool(pool { $0.maximumConnections = 1 }) { client in
            let first = try await client.withConnection { connection in
                for try await row in try await connection.query("SELECT i FROM generate_series(1, 1000000) i")
                {
                    return try row.decode(Int.self, at: 0)
                }
                return 0
            }
            #expect(first == 1)
            let value1 = try await client.one("SELECT 7", as: Int.self)
            #expect(value1 == 7)
        }
    }

    @Test func `an error after rows is thrown after those rows`() async throws {
        try await withOneConnection { connection in
            var seen = 0
            let error = await errorOf {
                for try await _ in try await connection.query(
                    "SELECT 1 / (i - 5000) FROM generate_series(1, 10000) i")
                { seen += 1 }
            }
            #expect(error?.sqlState == "22012")
            #expect(seen > 0 && seen < 5_000)
            let value2 = try await connection.one("SELECT 7", as: Int.self)
            #expect(value2 == 7)
        }
    }
}

import PostgresWire
import TestSupport
import Testing

@Suite struct LandingPageTests {
    @Test func `the first example does what it says`() async throws {
        try await Sample.withDatabase { _, database in
            let url = database.url
            var printed: [String] = []
            func print(_ values: Any...) { printed.append(values.map { "\($0)" }.joined(separator: " ")) }

            let client = try PostgresClient(url: url)

            let (id, tag) = (7, "green")
            let name = try await client.one("SELECT name FROM items WHERE id = \(id)", as: String.self)

            let items = try await client.collect(
                "SELECT id, name FROM items WHERE \(tag) = ANY (tags)", as: (Int, String).self)
            for (id, name) in items { print(id, name) }

            try await client.withTransaction { connection in
                try await connection.execute("UPDATE accounts SET balance = balance - 10 WHERE id = 1")
                try await connection.execute("UPDATE accounts SET balance = balance + 10 WHERE id = 2")
            }
            await client.shutdown()

            #expect(name == "green tea")
            #expect(printed == ["7 green tea"])
        }
    }
}

import PostgresWire
import TestSupport
import Testing

@Suite struct MigratingFromPostgresNIOTests {
    @Test func `a client`() async {
        var server = PostgresConfiguration(
            host: "db.example.com", user: "my_username", password: "my_password", database: "my_database")
        server.applicationName = "my-service"
        let client = PostgresClient(PostgresClientConfiguration(server))

        #expect(client.configuration.server.description == "my_username@db.example.com:5432/my_database")
        await client.shutdown()
    }

    @Test func `rows`() async throws {
        try await Sample.withClient { client in
            var printed: [String] = []
            func print(_ id: Int, _ email: String) { printed.append("\(id) \(email)") }

            // before: for try await (id, email) in try await client.query("…", logger: logger).decode(…)
            let users = try await client.collect(
                "SELECT id, email FROM users WHERE id > \(1)", as: (Int, String).self)
            for (id, email) in users { print(id, email) }

            #expect(printed.sorted() == ["2 grace@example.com", "3 edsger@example.com"])
        }
    }
}

import PostgresWire
import TestSupport
import Testing

@Suite struct TroubleshootingTests {
    struct EmailTaken: Error {}

    @Test func `a violated constraint becomes an error of the program`() async throws {
        try await Sample.withClient { client in
            func add(_ email: String) async throws {
                do throws(PostgresError) {
                    try await client.execute("INSERT INTO users (email) VALUES (\(email))")
                } catch {
                    guard error.sqlState == "23505", error.server?.constraintName == "users_email_key" else {
                        throw error
                    }
                    throw EmailTaken()
                }
            }
            try await add("new@example.com")
            await #expect(throws: EmailTaken.self) { try await add("ada@example.com") }
        }
    }

    @Test(
        arguments: [
            ("SELECT * FROM no_such_table", "42P01"), ("SELECT no_such_column FROM users", "42703"),
            ("SELECT '5e0c7b3a-0000-0000-0000-000000000000'::uuid = \("text")", "42883"),
            ("INSERT INTO accounts VALUES (3, -1)", "23514"),
        ] as [(PostgresQuery, String)])
    func `statements are refused with the states of the article`(query: PostgresQuery, state: String)
        async throws
    {
        try await Sample.withClient { client in
            let error = await errorOf { try await client.execute(query) }
            #expect(error?.code == .server)
            #expect(error?.sqlState == state)
        }
    }

    @Test func `logins are refused with the states of the article`() async throws {
        try await Sample.withDatabase { _, database in
            var server = database.configuration
            server.password = "wrong"
            let password = await errorOf { _ = try await PostgresConnection.connect(server) }
            #expect(password?.code == .connectionRefused)
            #expect(password?.sqlState == "28P01")
            server = database.configuration
            server.database = "no_such_database"
            let name = await errorOf { _ = try await PostgresConnection.connect(server) }
            #expect(name?.code == .connectionRefused)
            #expect(name?.sqlState == "3D000")
        }
    }

    @Test func `the conversation is shown without values`() async throws {
        try await Sample.withDatabase { _, database in
            let printed = Collected()
            @Sendable func print(_ event: WireTrace.Event) { printed.add("\(event)") }
            var server = database.configuration

            server.wireTrace = WireTrace { event in print(event) }

            let connection = try await PostgresConnection.connect(server)
            _ = try await connection.one("SELECT \("canary")", as: String.self)
            connection.close()
            #expect(printed.texts.contains { $0.contains("SELECT $1") })
            #expect(!printed.texts.contains { $0.contains("canary") })
        }
    }

    @Test func `a statement after a failed one is refused`() async throws {
        try await Sample.withClient { client in
            try await client.withConnection { connection in
                try await connection.execute("BEGIN")
                _ = await errorOf { try await connection.execute("SELECT 1/0") }
                let error = await errorOf { try await connection.execute("SELECT 1") }
                #expect(error?.sqlState == "25P02")
            }
        }
    }
}

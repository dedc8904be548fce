import FoundationEssentials
import PostgresWire
import TestSupport
import Testing

@Suite struct RowsAndTypesTests {
    struct User: Decodable {
        let id: Int
        let email: String
        let nickname: String?
        let createdAt: Date
    }

    @Test func `rows as tuples`() async throws {
        try await Sample.withClient { client in
            var printed: [String] = []
            func print(_ id: Int, _ email: String, _ nickname: String) { printed.append("\(id) \(nickname)") }

            let users = try await client.collect(
                "SELECT id, email, nickname FROM users ORDER BY id", as: (Int, String, String?).self)
            for (id, email, nickname) in users {
                print(id, email, nickname ?? "-")
            }

            #expect(printed == ["1 ada", "2 -", "3 ewd"])
        }
    }

    @Test func `what does not fit is an error`() async throws {
        try await Sample.withClient { client in
            let width = await errorOf {
                _ = try await client.collect("SELECT id, email FROM users", as: (Int, String, Int).self)
            }
            #expect(width?.code == .unexpectedResult)
            let type = await errorOf {
                _ = try await client.collect("SELECT id, email FROM users", as: (Int, Int).self)
            }
            #expect(type?.code == .decoding)
            #expect(type?.reason.contains("email") == true)
            let null = await errorOf {
                _ = try await client.collect("SELECT nickname FROM users", as: String.self)
            }
            #expect(null?.code == .decoding)
        }
    }

    @Test func `an error tells column, types and place`() async throws {
        try await Sample.withClient { client in
            var printed: [String] = []
            func print(_ values: Any...) { printed.append(values.map { "\($0)" }.joined(separator: " ")) }

            let before = #line
            do throws(PostgresError) {
                _ = try await client.collect("SELECT id, nickname FROM users", as: (Int, String).self)
            } catch {
                print(error)  // decoding: column 1 "nickname" of type text cannot be read as String: …
                print(error.column?.name ?? "", error.callSite?.line ?? 0)
            }

            #expect(
                printed.first == """
                    decoding: column 1 "nickname" of type text cannot be read as String: it is NULL. \
                    Ask for an optional
                    """)
            #expect(printed.last == "nickname \(before + 2)")
        }
    }

    @Test func `rows as values of a type`() async throws {
        try await Sample.withClient { client in
            let users = try await client.collect(
                "SELECT * FROM users ORDER BY id", as: User.self, naming: .snakeCase)

            #expect(users.map(\.nickname) == ["ada", nil, "ewd"])
            #expect(users[0].createdAt == Date(timeIntervalSince1970: 1_709_208_000))
        }
    }

    @Test func `cells by place and by name`() async throws {
        try await Sample.withClient { client in
            var printed: [String] = []
            func print(_ values: Any...) { printed.append(values.map { "\($0)" }.joined(separator: " ")) }

            let rows = try await client.collect("SELECT id, email FROM users ORDER BY id")
            for row in rows {
                let id = try row.decode(Int.self, at: 0)
                let email: String = try row.decode(named: "email")
                print(id, email)
            }
            print(rows.columns.fields.map(\.name), rows.command.text)

            #expect(printed.count == 4)
            #expect(printed[0] == "1 ada@example.com")
            #expect(printed[3] == "[\"id\", \"email\"] SELECT 3")
        }
    }

    @Test func `rows that are lent`() async throws {
        try await Sample.withClient { client in
            var bytes = 0
            let count = try await client.forEachRow("SELECT id, email FROM users") { row in
                bytes += try row.bytes(at: 1)?.byteCount ?? 0
            }

            #expect(count == 3)
            #expect(bytes == 15 + 17 + 18)
        }
    }

    @Test func `other types as text, sums as integers`() async throws {
        try await Sample.withClient { client in
            let text = try await client.one("SELECT 'pg_class'::regclass::text", as: String.self)

            let total = try await client.one("SELECT sum(balance)::int8 FROM accounts", as: Int.self)

            #expect(text == "pg_class")
            #expect(total == 120)
        }
    }
}

import FoundationEssentials
import PostgresWire
import TestSupport
import Testing

@Suite struct QueriesTests {
    @Test func `values are parameters`() async throws {
        try await Sample.withClient { client in
            let name = "Robert'); DROP TABLE users;--"
            let found = try await client.collect(
                "SELECT id FROM users WHERE nickname = \(name)", as: Int.self)

            #expect(found == [])
            let query: PostgresQuery = "SELECT id FROM users WHERE nickname = \(name)"
            #expect(query.sql == "SELECT id FROM users WHERE nickname = $1")
        }
    }

    @Test func `names are quoted and queries are spliced in`() async throws {
        try await Sample.withClient { client in
            let column = "nickname"
            let order: PostgresQuery = "ORDER BY \(identifier: column) NULLS LAST"
            let names = try await client.collect("SELECT nickname FROM users \(order)", as: String?.self)

            #expect(names == ["ada", "ewd", nil])
        }
    }

    @Test(arguments: [(nil, nil, 3), ("ada", nil, 1), ("ada", 1_900_000_000, 0), (nil, 1_700_000_000, 3)])
    func `conditions come and go`(nickname: String?, seconds: Int?, expected: Int) async throws {
        try await Sample.withClient { client in
            let since = seconds.map { Date(timeIntervalSince1970: Double($0)) }

            var condition: PostgresQuery = "TRUE"
            if let nickname { condition = "\(condition) AND nickname = \(nickname)" }
            if let since { condition = "\(condition) AND created_at >= \(since)" }
            let users = try await client.one("SELECT count(*) FROM users WHERE \(condition)", as: Int.self)

            #expect(users == expected)
        }
    }

    @Test func `a parameter is cast in SQL`() async throws {
        try await Sample.withClient { client in
            let text = "2024-02-29"
            let later = try await client.one("SELECT \(text)::date + 1", as: PostgresDate.self)

            #expect(later.description == "2024-03-01")
        }
    }

    @Test func `NULL is compared by IS NOT DISTINCT FROM`() async throws {
        try await Sample.withClient { client in
            let nickname: String? = nil
            let wrong = try await client.one(
                "SELECT count(*) FROM users WHERE nickname = \(nickname)", as: Int.self)
            let right = try await client.one(
                "SELECT count(*) FROM users WHERE nickname IS NOT DISTINCT FROM \(nickname)", as: Int.self)

            #expect(wrong == 0)
            #expect(right == 1)
        }
    }

    @Test func `a list is one parameter`() async throws {
        try await Sample.withClient { client in
            let ids = [1, 2, 3]
            let emails = try await client.collect(
                "SELECT email FROM users WHERE id = ANY (\(ids)) ORDER BY id", as: String.self)

            #expect(emails == ["ada@example.com", "grace@example.com", "edsger@example.com"])
        }
    }

    @Test func `arrays insert many rows`() async throws {
        try await Sample.withClient { client in
            let emails = ["barbara@example.com", "donald@example.com"]
            let nicknames = ["barbara", nil]
            try await client.execute(
                "INSERT INTO users (email, nickname) SELECT * FROM unnest(\(emails), \(nicknames))")

            let added = try await client.collect(
                "SELECT nickname FROM users WHERE id > 3 ORDER BY id", as: String?.self)
            #expect(added == ["barbara", nil])
        }
    }

    @Test func `SQL from elsewhere brings its values in an array`() async throws {
        try await Sample.withClient { client in
            let query = PostgresQuery("SELECT email FROM users WHERE id = $1 AND nickname = $2", [1, "ada"])
            let email = try await client.one(query, as: String.self)

            #expect(email == "ada@example.com")
        }
    }

    @Test func `the verbs`() async throws {
        try await Sample.withClient { client in
            let changed = try await client.execute("UPDATE users SET nickname = NULL WHERE id = \(3)").rows
            let user = try await client.optional(
                "SELECT id, email FROM users WHERE email = \("ada@example.com")", as: (Int, String).self)

            #expect(changed == 1)
            #expect(user?.0 == 1)
        }
    }

    @Test func `rows come as they arrive`() async throws {
        try await Sample.withClient { client in
            let sent = Collected()
            @Sendable func send(_ id: Int, _ email: String) async throws { sent.add("\(id) \(email)") }

            for try await row in try await client.query("SELECT id, email FROM users ORDER BY id") {
                let (id, email) = try row.decode((Int, String).self)
                try await send(id, email)
            }

            #expect(sent.texts == ["1 ada@example.com", "2 grace@example.com", "3 edsger@example.com"])
        }
    }

    @Test func `a batch is one transaction`() async throws {
        try await Sample.withClient { client in
            let results = try await client.batch([
                "UPDATE accounts SET balance = balance - 10 WHERE id = 1",
                "UPDATE accounts SET balance = balance + 10 WHERE id = 2",
                "SELECT sum(balance)::int8 FROM accounts",
            ])
            let total = try results[2][0].decode(Int.self, at: 0)

            #expect(total == 120)
        }
    }

    @Test func `statements of a pipeline fail each for itself`() async throws {
        try await Sample.withClient { client in
            var printed: [String] = []
            func print(_ text: String) { printed.append(text) }

            let results = try await client.pipeline([
                "INSERT INTO users (email) VALUES (\("new@example.com"))",
                "INSERT INTO users (email) VALUES (\("ada@example.com"))",
            ])
            for case .failure(let error) in results { print(error.sqlState ?? "") }

            #expect(printed == ["23505"])
            let users = try await client.one("SELECT count(*) FROM users", as: Int.self)
            #expect(users == 4)
        }
    }

    @Test func `concurrent calls on one connection`() async throws {
        try await Sample.withClient { client in
            let (users, items) = try await client.withConnection { connection in
                async let users = connection.one("SELECT count(*) FROM users", as: Int.self)
                async let items = connection.one("SELECT count(*) FROM items", as: Int.self)
                return (try await users, try await items)
            }

            #expect(users == 3)
            #expect(items == 2)
        }
    }

    @Test func `the text stays the same and the values vary`() async throws {
        try await Sample.withClient { client in
            let id = 7
            let wrong: PostgresQuery = "SELECT name FROM items WHERE id = \(raw: String(id))"
            let right: PostgresQuery = "SELECT name FROM items WHERE id = \(id)"

            #expect(wrong.sql == "SELECT name FROM items WHERE id = 7")
            #expect(right.sql == "SELECT name FROM items WHERE id = $1")
            let names = try await (client.one(wrong, as: String.self), client.one(right, as: String.self))
            #expect(names == ("green tea", "green tea"))
        }
    }
}

import PostgresWire
import TestSupport
import Testing

@Suite struct TestServerIntegrationTests {
    @Test func `every test has a database of its own, and it is gone afterwards`() async throws {
        let names = try await TestServer.withDatabase { first in
            try await first.client.execute("CREATE TABLE mine (id int)")
            return try await TestServer.withDatabase { second in
                let found = try await second.client.one(
                    "SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public'", as: Int.self)
                #expect(found == 0)
                return [first.name, second.name]
            }
        }
        #expect(Set(names).count == 2)
        try await TestServer.withDatabase { database in
            let left = try await database.client.one(
                "SELECT count(*)::int FROM pg_database WHERE datname = ANY(\(names))", as: Int.self)
            #expect(left == 0)
        }
    }

    @Test func `a database is dropped although its test throws and sessions are open`() async throws {
        struct Planned: Error {}
        _ = try await TestServer.url()
        var name = ""
        await #expect(throws: Planned.self) {
            try await TestServer.withDatabase { database in
                name = database.name
                try await database.client.execute("SELECT 1")
                throw Planned()
            }
        }
        let dropped = name
        try await TestServer.withDatabase { database in
            let left = try await database.client.one(
                "SELECT count(*)::int FROM pg_database WHERE datname = \(dropped)", as: Int.self)
            #expect(left == 0)
        }
    }

    @Test func `migrated databases are copies of one template`() async throws {
        for _ in 0..<3 {
            try await TestServer.withDatabase(.migrated) { database in
                let count = try await database.client.one(
                    "SELECT count(*)::int FROM orchestrator_migrations", as: Int.self)
                #expect(count == 13)
                let type = try await database.client.one(
                    """
                    SELECT format_type(atttypid, atttypmod) FROM pg_attribute
                    WHERE attrelid = 'embeddings'::regclass AND attname = 'embedding'
                    """, as: String.self)
                #expect(type == "vector(384)")
            }
        }
    }
}

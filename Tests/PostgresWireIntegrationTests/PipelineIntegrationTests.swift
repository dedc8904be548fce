import PostgresWire
import TestSupport
import Testing

@Suite struct PipelineIntegrationTests {
    @Test func `concurrent calls on one connection each get their own answer`() async throws {
        try await withPool { client in
            let total = try await client.withConnection { connection in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for index in 0..<500 {
                        group.addTask { try await connection.one("SELECT \(index)", as: Int.self) - index }
                    }
                    return try await group.reduce(0) { $0 + abs($1) }
                }
            }
            #expect(total == 0)
        }
    }

    @Test func `an error in a pipeline belongs to its own statement`() async throws {
        try await withOneConnection { connection in
            let results = try await connection.pipeline([
                "SELECT 1", "SELECT 1/0", "SELECT no_such_column", "SELECT \("last")",
            ])
            #expect(try results[0].get()[0].decode(Int.self, at: 0) == 1)
            #expect(
                results.map { if case .failure(let error) = $0 { error.sqlState } else { nil } }
                    == [nil, "22012", "42703", nil])
            #expect(try results[3].get()[0].decode(String.self, at: 0) == "last")
        }
    }

    @Test func `a batch is one transaction`() async throws {
        try await TestServer.withDatabase { database in
            try await database.client.execute("CREATE TABLE t (a int4)")
            let failed = await errorOf {
                _ = try await database.client.batch(["INSERT INTO t VALUES (1)", "SELECT 1/0"])
            }
            #expect(failed?.sqlState == "22012")
            let value1 = try await database.client.one("SELECT count(*) FROM t", as: Int.self)
            #expect(value1 == 0)
            let results = try await database.client.batch([
                "INSERT INTO t VALUES (\(1)), (\(2))", "SELECT count(*) FROM t",
            ])
            #expect(results[0].command.rows == 2)
            #expect(try results[1][0].decode(Int.self, at: 0) == 2)
        }
    }

    @Test func `a depth of one keeps calls from being in flight together`() async throws {
        try await withOneConnection(server { $0.maximumPipelineDepth = 1 }) { connection in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<50 {
                    group.addTask { try await connection.one("SELECT \(index)", as: Int.self) }
                }
                let total = try await group.reduce(0, +)
                #expect(total == 1_225)
            }
        }
    }

    @Test func `large parameters and large answers do not block each other`() async throws {
        try await withOneConnection { connection in
            let large = String(repeating: "x", count: 200_000)
            let queries = (0..<40).map { _ in "SELECT \(large), repeat('y', 300000)" as PostgresQuery }
            let results = try await connection.pipeline(queries)
            for result in results {
                let (there, back) = try result.get()[0].decode((String, String).self)
                #expect(there.utf8.count == 200_000)
                #expect(back.utf8.count == 300_000)
            }
        }
    }
}

import PostgresWire
import TestSupport
import Testing

@Suite struct QueryIntegrationTests {
    @Test func `values go in and come back in binary`() async throws {
        try await withPool { client in
            let row = try await client.one(
                "SELECT \(41)::int8 + 1, \("héllo"), \(true), \([1, 2, 3]), \(1.5), \(nil as Int?)",
                as: (Int, String, Bool, [Int], Double, Int?).self)
            #expect(row.0 == 42)
            #expect(row.1 == "héllo")
            #expect(row.2)
            #expect(row.3 == [1, 2, 3])
            #expect(row.4 == 1.5)
            #expect(row.5 == nil)
        }
    }

    @Test func `an interpolated value never becomes SQL`() async throws {
        try await withPool { client in
            let hostile = "'; DROP TABLE pg_class; --"
            let value1 = try await client.one("SELECT \(hostile)", as: String.self)
            #expect(value1 == hostile)
            let name = "odd \"name\"; --"
            let columns = try await client.collect("SELECT 1 AS \(identifier: name)").columns
            #expect(columns.fields.map(\.name) == [name])
        }
    }

    @Test func `fragments are spliced with their parameters renumbered`() async throws {
        try await withPool { client in
            let inner: PostgresQuery = "n > \(10) AND n < \(20)"
            let outer: PostgresQuery =
                "SELECT count(*) FROM generate_series(\(1), \(100)) n WHERE \(inner) AND n <> \(15)"
            #expect(
                outer.sql
                    == "SELECT count(*) FROM generate_series($1, $2) n WHERE n > $3 AND n < $4 AND n <> $5")
            let value2 = try await client.one(outer, as: Int.self)
            #expect(value2 == 8)
        }
    }

    @Test func `a server error carries its fields and says that nothing remains`() async throws {
        try await withPool { client in
            let error = await errorOf { try await client.execute("SELECT 1/0") }
            #expect(error?.code == .server)
            #expect(error?.sqlState == "22012")
            #expect(error?.effect == .rolledBack)
            #expect(error?.server?.severity == "ERROR")
            let syntax = await errorOf { try await client.execute("SELEC 1") }
            #expect(syntax?.sqlState == "42601")
            #expect(syntax?.server?.position == 1)
        }
    }

    @Test func `another number of rows or columns is an error and no trap`() async throws {
        try await withPool { client in
            let none = await errorOf { _ = try await client.one("SELECT 1 WHERE false", as: Int.self) }
            let two = await errorOf { _ = try await client.one("VALUES (1), (2)", as: Int.self) }
            let width = await errorOf { _ = try await client.one("SELECT 1, 2", as: Int.self) }
            #expect(
                [none, two, width].map { $0?.code } == [
                    .unexpectedResult, .unexpectedResult, .unexpectedResult,
                ])
            let value3 = try await client.optional("SELECT 1 WHERE false", as: Int.self)
            #expect(value3 == nil)
        }
    }

    @Test func `a wrong type names the column`() async throws {
        try await withPool { client in
            let error = await errorOf { _ = try await client.one("SELECT 'x'::text AS label", as: Int.self) }
            #expect(error?.code == .decoding)
            #expect(error?.reason.contains("label") == true)
            let null = await errorOf { _ = try await client.one("SELECT NULL::int4 AS gap", as: Int.self) }
            #expect(null?.code == .decoding)
        }
    }

    @Test func `cells are read by place and by name`() async throws {
        try await withPool { client in
            let rows = try await client.collect("SELECT 7 AS a, 'b'::text AS b")
            #expect(try rows[0].decode(Int.self, at: 0) == 7)
            #expect(try rows[0].decode(String.self, named: "b") == "b")
            #expect(throws: PostgresError.self) { try rows[0].decode(Int.self, named: "c") }
            #expect(throws: PostgresError.self) { try rows[0].decode(Int.self, at: 2) }
            #expect(rows.command.text == "SELECT 1")
        }
    }

    @Test func `a script runs several statements and returns a result for each`() async throws {
        try await withPool { client in
            let results = try await client.script("SELECT 1; SELECT 'b' AS b, 2; SET LOCAL work_mem = '1MB'")
            #expect(results.count == 3)
            #expect(try results[1][0].decode(String.self, at: 0) == "b")
            #expect(results[2].command.text == "SET")
        }
    }

    @Test func `what cannot be sent is refused before it is sent`() async throws {
        try await withPool { client in
            let zero = await errorOf { try await client.execute("SELECT \("a\u{0}b")") }
            #expect(zero?.code == .encoding)
            #expect(zero?.effect == PostgresError.Effect.none)
            let many = PostgresQuery("SELECT 1", [any PostgresEncodable](repeating: 1, count: 65_536))
            let failure = await errorOf { try await client.execute(many) }
            #expect(failure?.code == .encoding)
            let value4 = try await client.one("SELECT 1", as: Int.self)
            #expect(value4 == 1)
        }
    }

    @Test func `a statement past its deadline is stopped and the connection stays`() async throws {
        var answer: Int?
        // A busy server may answer the cancel request too late, and then the connection is given up: but not always.
        for _ in 0..<10 where answer == nil {
            answer = try await withOneConnection { connection in
                let slow: PostgresQuery = "SELECT pg_sleep(30)"
                let start = ContinuousClock.now
                let error = await errorOf { try await connection.execute(slow.timeout(.milliseconds(100))) }
                #expect(error?.code == .timedOut)
                guard connection.isClosed else { return try await connection.one("SELECT 1", as: Int.self) }
                // Given up only after the deadline and the 150 ms that the server has for its answer.
                #expect(start.duration(to: .now) >= .milliseconds(250))
                return nil
            }
        }
        #expect(answer == 1)
    }
}

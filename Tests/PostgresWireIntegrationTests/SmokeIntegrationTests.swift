import Foundation
import PostgresWire
import Testing

@Suite struct SmokeIntegrationTests {
    let url = ProcessInfo.processInfo.environment["ORCHESTRATOR_TEST_URL"]!

    @Test func connects() async throws {
        let client = try PostgresClient(url: url)
        let (one, text) = try await client.one("SELECT \(41)::int8 + 1, \("hello")", as: (Int, String).self)
        #expect(one == 42)
        #expect(text == "hello")
        let sum = try await client.withConnection { connection in
            var sum = 0
            for _ in 0..<1000 {
                sum += try await connection.one("SELECT \(1)::int8", as: Int.self)
            }
            return sum
        }
        #expect(sum == 1000)
        await client.shutdown()
    }

    @Test func errors() async throws {
        let client = try PostgresClient(url: url)
        await #expect(throws: PostgresError.self) { try await client.execute("SELEC 1") }
        await #expect(throws: PostgresError.self) { try await client.execute("SELECT 1/0") }
        let rows = try await client.batch(["SELECT 1", "SELECT 2 AS x, 'a'::text"])
        #expect(rows.count == 2)
        #expect(try rows[1][0].decode(Int.self, named: "x") == 2)
        await #expect(throws: PostgresError.self) { try await client.batch(["CREATE TABLE zz (a int)", "SELECT 1/0"]) }
        await #expect(throws: PostgresError.self) { try await client.execute("SELECT * FROM zz") }
        let script = try await client.script("SELECT 1; SELECT 'b' AS b, 2")
        #expect(script.count == 2)
        #expect(try script[1][0].decode(String.self, at: 0) == "b")
    }

    @Test func pipelining() async throws {
        let client = try PostgresClient(url: url)
        let total = try await client.withConnection { connection in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<500 {
                    group.addTask { try await connection.one("SELECT \(index)::int8", as: Int.self) }
                }
                var total = 0
                for try await value in group { total += value }
                return total
            }
        }
        #expect(total == 499 * 500 / 2)
    }

    @Test func streaming() async throws {
        let client = try PostgresClient(url: url)
        let sum = try await client.withConnection { connection in
            var sum = 0
            for try await row in try await connection.query("SELECT i::int8, repeat('x', 100) FROM generate_series(1, 100000) i") {
                sum += try row.decode((Int, String).self).0
            }
            return sum
        }
        #expect(sum == 100_000 * 100_001 / 2)
        // early exit
        let first = try await client.withConnection { connection in
            for try await row in try await connection.query("SELECT i::int8 FROM generate_series(1, 1000000) i") {
                return try row.decode(Int.self, at: 0)
            }
            return 0
        }
        #expect(first == 1)
        #expect(try await client.one("SELECT 7::int8", as: Int.self) == 7)
    }

    @Test func copying() async throws {
        let client = try PostgresClient(url: url)
        try await client.withConnection { connection in
            try await connection.execute("CREATE TEMP TABLE c (id int8, t text)")
            let count = try await connection.copyIn(into: "c", columns: ["id", "t"]) { writer in
                for index in 0..<100_000 { try await writer.write(index, "row \(index)") }
            }
            #expect(count == 100_000)
            let (n, s) = try await connection.one("SELECT count(*), sum(id)::int8 FROM c", as: (Int, Int).self)
            #expect(n == 100_000)
            #expect(s == 99_999 * 50_000)
            await #expect(throws: CancellationError.self) {
                try await connection.copyIn(into: "c", columns: ["id", "t"]) { writer in
                    try await writer.write(1, "x")
                    throw CancellationError()
                }
            }
            await #expect(throws: PostgresError.self) {
                try await connection.copyIn(into: "c", columns: ["id", "t"]) { writer in
                    for _ in 0..<100_000 { try await writer.write("wrong", 1) }
                }
            }
            #expect(try await connection.one("SELECT count(*) FROM c", as: Int.self) == 100_000)
        }
    }

    @Test func transactions() async throws {
        let client = try PostgresClient(url: url)
        try await client.withConnection { connection in
            try await connection.execute("CREATE TEMP TABLE t (a int)")
            try await connection.withTransaction { c in
                try await c.execute("INSERT INTO t VALUES (1)")
                await #expect(throws: PostgresError.self) {
                    try await c.withTransaction { inner in
                        try await inner.execute("INSERT INTO t VALUES (2)")
                        try await inner.execute("SELECT 1/0")
                    }
                }
                try await c.withTransaction { inner in _ = try await inner.execute("INSERT INTO t VALUES (3)") }
            }
            let values = try await connection.collect("SELECT a::int8 FROM t ORDER BY 1", as: Int.self)
            #expect(values == [1, 3])
        }
    }

    @Test func cancelling() async throws {
        let client = try PostgresClient(url: url)
        let start = ContinuousClock.now
        let task = Task { try await client.execute("SELECT pg_sleep(20)") }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        await #expect(throws: PostgresError.self) { try await task.value }
        #expect(start.duration(to: .now) < .seconds(3))
        #expect(try await client.one("SELECT 7::int8", as: Int.self) == 7)
    }

    @Test func pool() async throws {
        let client = try PostgresClient(url: url)
        let total = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<200 {
                group.addTask {
                    var sum = 0
                    for _ in 0..<20 {
                        sum += try await client.withConnection { try await $0.one("SELECT \(index)::int8", as: Int.self) }
                    }
                    return sum
                }
            }
            var total = 0
            for try await value in group { total += value }
            return total
        }
        #expect(total == 199 * 100 * 20)
    }
}

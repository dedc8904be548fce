import PostgresWire
import TestSupport
import Testing

@Suite struct StatementIntegrationTests {
    @Test func `a statement is prepared once and closed when it gives way`() async throws {
        try await withOneConnection(server { $0.statementCacheCount = 4 }) { connection in
            for _ in 0..<3 {
                for index in 0..<3 { _ = try await connection.collect("SELECT \(raw: "\(index)") AS a") }
            }
            let count: PostgresQuery = "SELECT count(*) FROM pg_prepared_statements"
            let value1 = try await connection.one(count, as: Int.self)
            #expect(value1 == 4)
            for index in 10..<30 { _ = try await connection.collect("SELECT \(raw: "\(index)") AS a") }
            let left = try await connection.one(count, as: Int.self)
            #expect(left <= 4)
        }
    }

    @Test func `the cache is bounded by bytes too and counts what it does`() async throws {
        try await withOneConnection(server { $0.statementCacheBytes = 40 }) { connection in
            for text in ["SELECT 1", "SELECT 1", "SELECT 22", "SELECT 333"] {
                _ = try await connection.collect(PostgresQuery(text))
            }
            var statistics = connection.statementStatistics
            #expect(statistics.count == 3)
            #expect(statistics.bytes == 27)
            #expect(statistics.hits == 1)
            #expect(statistics.misses == 3)
            #expect(statistics.evictions == 0)
            _ = try await connection.collect("SELECT 'a text of twenty and more' AS a")
            statistics = connection.statementStatistics
            #expect(statistics.count == 1)
            #expect(statistics.bytes == 39)
            #expect(statistics.evictions == 3)
            let kept = try await connection.one(
                "SELECT count(*) FROM pg_prepared_statements", as: Int.self)
            #expect(kept == 1)
            _ = await errorOf { try await connection.execute("SELECT 1/0") }
            _ = await errorOf { try await connection.execute("SELEC") }
            #expect(connection.statementStatistics.invalidations == 1)
        }
    }

    @Test func `version and parameters are what the server says`() async throws {
        try await withOneConnection { connection in
            let text = try await connection.one("SHOW server_version_num", as: String.self)
            let number = try #require(Int(text))
            let version = try #require(connection.serverVersion)
            #expect(version.major == number / 10_000)
            #expect(version.minor == number % 10_000)
            #expect(connection.parameters["client_encoding"] == "UTF8")
            try await connection.execute("SET application_name = 'renamed'")
            #expect(connection.parameters["application_name"] == "renamed")
        }
    }

    @Test func `a changed result type heals itself outside of a transaction`() async throws {
        try await TestServer.withDatabase { database in
            try await database.client.withConnection { connection in
                try await connection.execute("CREATE TABLE t (a int4)")
                try await connection.execute("INSERT INTO t VALUES (1)")
                let value2 = try await connection.collect("SELECT * FROM t").columns.count
                #expect(value2 == 1)
                _ = try await connection.script("ALTER TABLE t ADD COLUMN b text")
                let value3 = try await connection.collect("SELECT * FROM t").columns.count
                #expect(value3 == 2)
            }
        }
    }

    @Test func `a statement the server has lost is prepared again`() async throws {
        try await withOneConnection { connection in
            let value4 = try await connection.one("SELECT 5", as: Int.self)
            #expect(value4 == 5)
            _ = try await connection.script("DEALLOCATE ALL")
            let value5 = try await connection.one("SELECT 5", as: Int.self)
            #expect(value5 == 5)
        }
    }

    @Test func `a stream of a statement the server has lost begins again`() async throws {
        try await withOneConnection { connection in
            for _ in 0..<2 {
                var rows: [Int] = []
                for try await row in try await connection.query("SELECT generate_series(1, 3)") {
                    rows.append(try row.decode(Int.self, at: 0))
                }
                #expect(rows == [1, 2, 3])
                _ = try await connection.script("DEALLOCATE ALL")
            }
            let count = try await connection.forEachRow("SELECT generate_series(1, 3)") { _ in }
            #expect(count == 3)
        }
    }

    @Test func `a stream in a transaction tells that its statement is lost`() async throws {
        try await withOneConnection { connection in
            _ = try await connection.forEachRow("SELECT 5") { _ in }
            try await connection.execute("BEGIN")
            _ = try await connection.script("DEALLOCATE ALL")
            let error = await errorOf { _ = try await connection.forEachRow("SELECT 5") { _ in } }
            #expect(error?.sqlState == "26000")
            _ = try await connection.script("ROLLBACK")
            let count = try await connection.forEachRow("SELECT 5") { _ in }
            #expect(count == 1)
        }
    }

    @Test func `a pipeline that only reads prepares a lost statement again`() async throws {
        try await withOneConnection { connection in
            let queries: [PostgresQuery] = ["SELECT 5", "SELECT 6"]
            _ = try await connection.pipeline(queries)
            _ = try await connection.script("DEALLOCATE ALL")
            let healed = try await connection.pipeline(queries)
            #expect(try healed.map { try $0.get()[0].decode(Int.self, at: 0) } == [5, 6])
        }
    }

    @Test func `a pipeline that may write reports a lost statement once`() async throws {
        try await withOneConnection { connection in
            let queries: [PostgresQuery] = ["SELECT 5", "WITH a AS (SELECT 6) SELECT * FROM a"]
            _ = try await connection.pipeline(queries)
            _ = try await connection.script("DEALLOCATE ALL")
            let lost = try await connection.pipeline(queries)
            let states: [String?] = lost.map {
                if case .failure(let error) = $0 { error.sqlState } else { nil }
            }
            #expect(states == ["26000", "26000"])
            let again = try await connection.pipeline(queries)
            #expect(try again.map { try $0.get()[0].decode(Int.self, at: 0) } == [5, 6])
        }
    }

    @Test func `unnamed statements leave nothing behind`() async throws {
        try await withOneConnection(server { $0.statementMode = .unnamed }) { connection in
            for index in 0..<5 {
                let echoed = try await connection.one("SELECT \(index)", as: Int.self)
                #expect(echoed == index)
            }
            let value6 = try await connection.one("SELECT count(*) FROM pg_prepared_statements", as: Int.self)
            #expect(value6 == 0)
        }
    }

    @Test func `a statement that cannot be parsed is not remembered`() async throws {
        try await TestServer.withDatabase { database in
            try await database.client.withConnection { connection in
                let query: PostgresQuery = "SELECT a FROM late"
                let failure = await errorOf { try await connection.execute(query) }
                #expect(failure?.sqlState == "42P01")
                try await connection.execute("CREATE TABLE late (a int4)")
                #expect(try await connection.collect(query).isEmpty)
            }
        }
    }

    @Test func `a batch with more statements than the cache holds works again and again`() async throws {
        try await withOneConnection(server { $0.statementCacheCount = 3 }) { connection in
            let queries = (0..<8).map { "SELECT \(raw: "\($0)") AS a" as PostgresQuery }
            for _ in 0..<3 {
                let results = try await connection.batch(queries)
                let values = try results.map { try $0[0].decode(Int.self, at: 0) }
                #expect(values == [0, 1, 2, 3, 4, 5, 6, 7])
            }
            let left = try await connection.one("SELECT count(*) FROM pg_prepared_statements", as: Int.self)
            #expect(left <= 8)
        }
    }
}

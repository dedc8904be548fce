import JSONModel
import PostgresWire
import TestSupport
import Testing

/// `orchestrator query` as people and scripts run it.
@Suite(.needsCommandLine) struct QueryIntegrationTests {
    private func query(_ arguments: String...) async throws -> Tool.Result {
        try await Tool(["query"] + arguments, environment: ["DATABASE_URL": try await TestServer.url()])
            .finish()
    }

    @Test(arguments: ["binary", "text"])
    func `json holds the text that the server prints`(wire: String) async throws {
        let result = try await query(
            """
            SELECT true AS b, 42::int8 AS i, NULL::int4 AS n, '{"a": [1]}'::jsonb AS j, '{1,NULL}'::int4[] AS a,
                1.50::numeric AS d, 'pg_class'::regclass AS r, '\\x00ff'::bytea AS y, E'ä\\n"'::text AS t
            """, "--wire", wire, "--format", "json")
        #expect(result.code == 0, "\(result.errors)")
        let document = try result.json()
        #expect(
            document["rows"] == [
                ["t", "42", nil, "{\"a\": [1]}", "{1,NULL}", "1.50", "pg_class", "\\x00ff", "ä\n\""]
            ])
        #expect(document["columns"]?[0] == ["name": "b", "type": "bool", "oid": 16])
        #expect(document["columns"]?[6] == ["name": "r", "type": "regclass", "oid": 2205])
        #expect(document["command"] == "SELECT 1")
        #expect(document["affected"] == 1)
        #expect(try #require(document["milliseconds"]?.doubleValue) > 0)
        #expect(result.errors.isEmpty)
    }

    @Test func `types of extensions and users are decoded too`() async throws {
        try await TestServer.withDatabase(.migrated) { database in
            try await database.client.execute("CREATE TYPE mood AS ENUM ('sad', 'glad')")
            try await database.client.execute("CREATE DOMAIN small AS int4 CHECK (VALUE < 10)")
            try await database.client.execute("CREATE TYPE pair AS (a small, b text)")
            try await database.client.execute("CREATE TYPE spread AS RANGE (subtype = float8)")
            let environment = ["DATABASE_URL": database.url]
            let sql = """
                SELECT '[1,-2.5]'::vector AS v, '{1:1.5,3:-2}/5'::sparsevec AS s, '[0.1]'::halfvec AS h,
                    ARRAY['[1]'::vector] AS vs, 'glad'::mood AS m, ARRAY['sad'::mood] AS ms, 7::small AS d,
                    ARRAY[7::small] AS ds, ROW(1, 'x y')::pair AS c, '[0.1,2)'::spread AS r
                """
            let binary = try await Tool.run("query", sql, "--format", "json", environment: environment).json()
            let text = try await Tool.run(
                "query", sql, "--wire", "text", "--format", "json", environment: environment
            ).json()
            #expect(
                binary["rows"] == [
                    [
                        "[1,-2.5]", "{1:1.5,3:-2}/5", "[0.099975586]", "{[1]}", "glad", "{sad}", "7", "{7}",
                        "(1,\"x y\")", "[0.1,2)",
                    ]
                ])
            #expect(text["rows"] == binary["rows"])
            #expect(text["columns"] == binary["columns"])
            let types = binary["columns"]?.arrayValue?.compactMap { $0["type"]?.stringValue }
            #expect(
                types == [
                    "vector", "sparsevec", "halfvec", "_vector", "mood", "_mood", "int4", "_small", "pair",
                    "spread",
                ])
        }
    }

    @Test func `parameters are bound and the server decides their types`() async throws {
        let sum = try await query(
            "SELECT $1::int4 + $2 AS sum", "--param", "3", "--param", "-5", "--format", "csv")
        #expect(sum.output == "sum\n-2\n")
        let text = "'; DROP TABLE x; --"
        let bound = try await query("SELECT $1 AS t", "--param", text, "--format", "json")
        #expect(try bound.json()["rows"] == [[.string(text)]])
        let missing = try await query("SELECT $1, $2", "--param", "1")
        #expect(missing.code == 2)
        #expect(
            missing.errors == "orchestrator: The statement has 2 parameters, and 1 value came with --param. "
                + "Give --param once for each of $1, $2, ….\n")
        let wrong = try await query("SELECT $1::int4", "--param", "many")
        #expect(wrong.code == 1)
        #expect(wrong.errors.contains("[22P02]. Correct the value.\n"))
    }

    @Test func `a table is for eyes and csv for programs`() async throws {
        let table = try await query("SELECT 1 AS a, 'x' || chr(10) || chr(27) AS b, NULL AS c")
        #expect(
            table.output == """
                a b         c
                - --------- ----
                1 x\\n\\u{1b} NULL

                """)
        #expect(table.errors.hasPrefix("SELECT 1, "))
        let csv = try await query(
            "SELECT 'a,b' AS x, '' AS e, NULL AS n, 'q\"q' AS q", "--format", "csv", "-q")
        #expect(csv.output == "x,e,n,q\n\"a,b\",\"\",,\"q\"\"q\"\n")
        #expect(csv.errors.isEmpty)
    }

    @Test func `a statement without rows is told by its tag`() async throws {
        let table = try await query("CREATE TEMPORARY TABLE t (a int4)")
        #expect(table.output == "CREATE TABLE\n")
        let json = try await query("CREATE TEMPORARY TABLE t (a int4)", "--format", "json").json()
        #expect(json["columns"] == [])
        #expect(json["rows"] == [])
        #expect(json["command"] == "CREATE TABLE")
        #expect(json["affected"] == .null)
        let empty = try await query("SELECT 1 AS a WHERE false", "--format", "json").json()
        #expect(empty["rows"] == [])
        #expect(empty["affected"] == 0)
    }

    @Test func `a table shows the first rows and says so`() async throws {
        let result = try await query("SELECT g FROM generate_series(1, 10003) AS g")
        #expect(result.code == 0)
        #expect(result.output.split(separator: "\n").count == 10_002)
        #expect(result.output.hasSuffix("10000\n"))
        #expect(
            result.errors.contains(
                "The table holds the first 10,000 of 10,003 rows; csv and json show all of them."))
    }

    @Test func `rows are streamed, all of them`() async throws {
        let result = try await query(
            "SELECT g FROM generate_series(1, 40000) AS g", "--format", "csv", "--quiet")
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 40_001)
        #expect(lines.last == "40000")
    }

    @Test func `an error in the statement ends with 1 and a mark under its place`() async throws {
        let result = try await query("SELECT 1,\n  nope\nFROM pg_class")
        #expect(result.code == 1)
        #expect(result.output.isEmpty)
        #expect(
            result.errors == """
                orchestrator: The statement failed: column "nope" does not exist [42703]. \
                Name a column that exists.
                    nope
                    ^

                """)
        let hint = try await query("SELECT lenght('a')", "--format", "json")
        #expect(hint.code == 1)
        #expect(hint.errors.contains("[42883]. No function matches the given name and argument types."))
        #expect(!hint.errors.contains("^"))
        let division = try await query("SELECT 1/0", "--format", "json")
        #expect(division.code == 1)
        #expect(division.output.isEmpty)
        let several = try await query("SELECT 1; SELECT 2")
        #expect(several.code == 2)
        #expect(
            several.errors == "orchestrator: There are several statements, and only one can be run. "
                + "Run them one after the other.\n")
    }

    @Test func `what is no query is refused before a server is asked`() async throws {
        for sql in [" ", "COPY pg_class TO STDOUT", "copy t from stdin"] {
            let result = try await Tool.run(
                "query", sql, environment: ["DATABASE_URL": "postgres://u@127.0.0.1:1/x"])
            #expect(result.code == 2)
            #expect(result.output.isEmpty)
        }
    }

    @Test func `an interrupt stops the statement on the server and ends with 4`() async throws {
        try await TestServer.withDatabase { database in
            let tool = try Tool(
                ["query", "SELECT pg_sleep(120)"], environment: ["DATABASE_URL": database.url])
            let asleep: @Sendable () async throws -> Int = {
                try await database.client.one(
                    """
                    SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND state = 'active' AND application_name = 'orchestrator query'
                        AND query LIKE 'SELECT pg_sleep%'
                    """, as: Int.self)
            }
            for _ in 0..<400 where try await asleep() == 0 { try await Task.sleep(for: .milliseconds(25)) }
            #expect(try await asleep() == 1)
            tool.send(2)
            let result = try await tool.finish()
            #expect(result.code == 4)
            #expect(result.output.isEmpty)
            #expect(result.errors == "orchestrator: Interrupted. Run the command again to start over.\n")
            #expect(try await asleep() == 0)
        }
    }
}

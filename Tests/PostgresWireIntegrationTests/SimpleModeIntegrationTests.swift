import FoundationEssentials
import PostgresWire
import TestSupport
import Testing

/// The statement mode `simple` on a server: every cell comes as text.
@Suite struct SimpleModeIntegrationTests {
    private let simple = server { $0.statementMode = .simple }

    @Test func `scalars, arrays, JSON and vectors are read from their text form`() async throws {
        try await withOneConnection(simple) { connection in
            let row = try await connection.collect(
                """
                SELECT 7::int2 AS a, -8::int4 AS b, 9::int8 AS c, 1.5::float4 AS d, 'NaN'::float8 AS e, true AS f,
                    'höhe'::text AS g, '\\x00ff'::bytea AS h, 12.340::numeric AS i,
                    'c0ffee00-0000-4000-8000-000000000001'::uuid AS j, NULL::int4 AS k,
                    '{1,2,NULL}'::int4[] AS l, '{"n": [1]}'::jsonb AS m, 42::oid AS n, '{"a,b",c}'::text[] AS o
                """)[0]
            #expect(row.columns.format == .text)
            #expect(try row.decode(Int16.self, named: "a") == 7)
            #expect(try row.decode(Int.self, named: "a") == 7)
            #expect(try row.decode(Int32.self, named: "b") == -8)
            #expect(try row.decode(Int64.self, named: "c") == 9)
            #expect(try row.decode(Float.self, named: "d") == 1.5)
            #expect(try row.decode(Double.self, named: "e").isNaN)
            #expect(try row.decode(Bool.self, named: "f"))
            #expect(try row.decode(String.self, named: "g") == "höhe")
            #expect(try row.decode([UInt8].self, named: "h") == [0, 255])
            #expect(try row.decode(PostgresNumeric.self, named: "i").description == "12.340")
            #expect(
                try row.decode(UUID.self, named: "j").uuidString == "C0FFEE00-0000-4000-8000-000000000001")
            #expect(try row.decode(Int?.self, named: "k") == nil)
            #expect(try row.decode([Int?].self, named: "l") == [1, 2, nil])
            #expect(try row.decode(JSONValue.self, named: "m") == .object(["n": .array([.number(1)])]))
            #expect(try row.decode(PostgresOID.self, named: "n").rawValue == 42)
            #expect(try row.decode([String].self, named: "o") == ["a,b", "c"])
        }
    }

    @Test func `dates and times are read from their text form`() async throws {
        try await withOneConnection(simple) { connection in
            let times = try await connection.one(
                "SELECT '2024-02-29 12:30:00+00'::timestamptz, '2024-02-29'::date",
                as: (Date, PostgresDate).self)
            #expect(times.0.timeIntervalSince1970 == 1_709_209_800)
            #expect(times.1.description == "2024-02-29")
        }
    }

    @Test func `the verbs are those of the other modes`() async throws {
        try await withOneConnection(simple) { connection in
            let tag = try await connection.execute("CREATE TEMP TABLE t (a int4, b text)")
            #expect(tag.text == "CREATE TABLE")
            let rows = try await connection.execute("INSERT INTO t VALUES (1, 'x'), (2, NULL), (3, 'z')").rows
            #expect(rows == 3)
            let one = try await connection.one("SELECT count(*) FROM t", as: Int.self)
            #expect(one == 3)
            let none = try await connection.optional("SELECT a FROM t WHERE a > 9", as: Int.self)
            #expect(none == nil)
            let all = try await connection.collect(
                "SELECT a, b FROM t ORDER BY a", as: (Int, String?).self)
            #expect(all.map(\.0) == [1, 2, 3])
            #expect(all.map(\.1) == ["x", nil, "z"])
            var streamed: [Int] = []
            for try await row in try await connection.query("SELECT a FROM t ORDER BY a DESC") {
                streamed.append(try row.decode(Int.self))
            }
            #expect(streamed == [3, 2, 1])
            let batch = try await connection.batch(["SELECT 1 -- end", "SELECT 'b'; "])
            #expect(try batch.map { try $0[0].decode(String.self, at: 0) } == ["1", "b"])
            let pipelined = try await connection.pipeline(["SELECT 1", "SELECT 1/0", "SELECT 3"])
            #expect(pipelined.map { (try? $0.get())?.count } == [1, nil, 1])
        }
    }

    @Test func `transactions, COPY and structures work`() async throws {
        struct Pair: Decodable, Equatable {
            let a: Int
            let b: String?
        }
        try await withOneConnection(simple) { connection in
            try await connection.withTransaction { connection in
                try await connection.execute("CREATE TEMP TABLE t (a int4, b text)")
                let copied = try await connection.copyIn(into: "t", columns: ["a", "b"]) { writer in
                    try await writer.write(Int32(1), "x")
                    try await writer.write(Int32(2), nil as String?)
                }
                #expect(copied == 2)
            }
            let pairs = try await connection.collect("SELECT * FROM t ORDER BY a", as: Pair.self)
            #expect(pairs == [Pair(a: 1, b: "x"), Pair(a: 2, b: nil)])
            var read: [Int32] = []
            for try await row in try await connection.copyOutRows(from: "t", columns: ["a"]) {
                read.append(try row.decode(Int32.self, at: 0))
            }
            #expect(read.sorted() == [1, 2])
        }
    }

    @Test func `several statements in one text are an error after they were run`() async throws {
        try await withOneConnection(simple) { connection in
            let both = await errorOf { try await connection.execute("SELECT 1; SELECT 2") }
            #expect(both?.code == .unexpectedResult)
            var rows: [Int] = []
            let streamed = await errorOf {
                for try await row in try await connection.query("SELECT 1; SELECT 'a', 'b'") {
                    rows.append(try row.decode(Int.self))
                }
            }
            #expect(streamed?.code == .unexpectedResult)
            #expect(rows.count <= 1)
            let next = try await connection.one("SELECT 5", as: Int.self)
            #expect(next == 5)
        }
    }

    @Test func `a type without a reader of its text form is a typed error`() async throws {
        try await withOneConnection(simple) { connection in
            let rows = try await connection.collect("SELECT '(1,2)'::point AS place")
            let error = await errorOf { _ = try rows[0].decode(Bool.self, named: "place") }
            #expect(error?.code == .decoding)
            #expect(error?.cause as? DecodingFault == .typeMismatch(.point, .text))
            #expect(try rows[0].decode(String.self, named: "place") == "(1,2)")
        }
    }

    @Test func `a statement is cancelled and the connection stays`() async throws {
        var answer: Int?
        // A busy server may answer the cancel request too late, and then the connection is given up: but not always.
        for _ in 0..<10 where answer == nil {
            answer = try await withOneConnection(simple) { connection in
                let slow: PostgresQuery = "SELECT pg_sleep(30)"
                let start = ContinuousClock.now
                let error = await errorOf { try await connection.execute(slow.timeout(.milliseconds(100))) }
                #expect(error?.code == .timedOut)
                guard !connection.isClosed else {
                    #expect(start.duration(to: .now) >= .milliseconds(250))
                    return nil
                }
                #expect(error?.effect == .rolledBack)
                return try await connection.one("SELECT 1", as: Int.self)
            }
        }
        #expect(answer == 1)
    }
}

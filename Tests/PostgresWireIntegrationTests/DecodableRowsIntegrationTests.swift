import FoundationEssentials
import PostgresWire
import TestSupport
import Testing

/// Rows as `Decodable` values and as borrowed views, against a server.
@Suite struct DecodableRowsIntegrationTests {
    private enum Status: String, Decodable { case open, done }

    private struct Wrapped: Decodable, Equatable {
        let value: Int

        init(from decoder: any Decoder) throws { value = try decoder.singleValueContainer().decode(Int.self) }
    }

    private struct Address: Decodable, Equatable {
        let city: String
        let lines: [String]
    }

    private struct User: Decodable {
        let userID: Int
        let name: String?
        let status: Status
        let score: Float
        let tags: [String]
        let token: UUID
        let createdAt: Date
        let address: Address
        let past: [Address]?
        let level: UInt8
        let wrapped: Wrapped
        let absent: Int?
    }

    private struct Pair: Decodable {
        let id: Int
        let name: String
    }

    private func withConnection(
        _ body: sending @concurrent (PostgresConnection) async throws -> Void
    ) async throws {
        try await TestServer.withDatabase { database in
            let connection = try await PostgresConnection.connect(database.configuration)
            try await body(connection)
            let answer = try await connection.one("SELECT 41 + 1", as: Int.self)
            #expect(answer == 42)
            connection.close()
        }
    }

    private static let user: PostgresQuery = """
        SELECT 7 AS user_id, NULL::text AS name, 'done'::text AS status, 1.5::float4 AS score,
          ARRAY['a', 'b'] AS tags, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid AS token,
          '2001-01-01 00:00:10Z'::timestamptz AS created_at,
          '{"city": "Ulm", "lines": ["x"]}'::jsonb AS address, NULL::json AS past, 200::int2 AS level,
          9 AS wrapped
        """

    @Test func `a struct is filled by the names of the columns`() async throws {
        try await withConnection { connection in
            let user = try await connection.one(Self.user, as: User.self, naming: .snakeCase)
            #expect(user.userID == 7)
            #expect(user.name == nil)
            #expect(user.status == .done)
            #expect(user.score == 1.5)
            #expect(user.tags == ["a", "b"])
            #expect(user.token.uuidString == "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11")
            #expect(user.createdAt.timeIntervalSinceReferenceDate == 10)
            #expect(user.address == Address(city: "Ulm", lines: ["x"]))
            #expect(user.past == nil)
            #expect(user.level == 200)
            #expect(user.wrapped.value == 9)
            #expect(user.absent == nil)
        }
    }

    @Test func `each verb reads structs, and values of one column are read as ever`() async throws {
        try await withConnection { connection in
            let query: PostgresQuery =
                "SELECT 'n' || n AS name, n AS id FROM generate_series(1, 3) n ORDER BY n"
            let pairs = try await connection.collect(query, as: Pair.self)
            #expect(pairs.map(\.id) == [1, 2, 3])
            #expect(pairs.map(\.name) == ["n1", "n2", "n3"])
            let none = try await connection.optional("SELECT 1 AS id, '' AS name LIMIT 0", as: Pair.self)
            #expect(none == nil)
            let numbers = try await connection.collect("SELECT n FROM generate_series(1, 3) n", as: Int.self)
            #expect(numbers == [1, 2, 3])
            let tuple = try await connection.one("SELECT 1, 'a'", as: (Int, String).self)
            #expect(tuple == (1, "a"))
            let maybe = try await connection.one("SELECT NULL::int", as: Int?.self)
            #expect(maybe == nil)
            let array = try await connection.one("SELECT ARRAY[1, 2]", as: [Int].self)
            #expect(array == [1, 2])
            var sum = 0
            for try await pair in try await connection.query(query).decode(Pair.self) { sum += pair.id }
            #expect(sum == 6)
            let wrapped = try await connection.one("SELECT 5", as: Wrapped.self)
            #expect(wrapped.value == 5)
        }
    }

    @Test func `the pool reads structs too`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.client
            let pair = try await client.one("SELECT 1 AS id, 'a' AS name", as: Pair.self)
            #expect(pair.name == "a")
            let pairs = try await client.collect("SELECT 1 AS id, 'a' AS name", as: Pair.self)
            #expect(pairs.count == 1)
            let none = try await client.optional("SELECT 1 AS id, 'a' AS name LIMIT 0", as: Pair.self)
            #expect(none == nil)
            var ids: [Int] = []
            let count = try await client.forEachRow("SELECT n FROM generate_series(1, 3) n") { row in
                ids.append(try row.decode(Int.self, at: 0))
            }
            #expect(count == 3)
            #expect(ids == [1, 2, 3])
        }
    }

    @Test(arguments: [
        ("SELECT 1 AS id", PostgresError.Code.unexpectedResult, "\"name\""),
        ("SELECT 1 AS id, NULL::text AS name", .decoding, "\"name\""),
        (
            "SELECT 'x'::text AS id, 'a' AS name", .decoding,
            "column 0 \"id\" of type text cannot be read as Int: the"
        ),
        (
            "SELECT 1 AS id, point '(1,2)' AS name", .decoding,
            "\"name\" of type point cannot be read as String"
        ),
        ("SELECT 1 AS id, 'a' AS name UNION ALL SELECT 2, 'b'", .unexpectedResult, "2 rows"),
    ])
    func `what does not fit is named`(sql: String, code: PostgresError.Code, text: String) async throws {
        try await withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.one(PostgresQuery(sql), as: Pair.self)
            }
            #expect(error?.code == code)
            #expect(error?.reason.contains(text) == true)
        }
    }

    @Test func `JSON that does not fit is named without its data`() async throws {
        struct Row: Decodable { let address: Address }
        try await withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.one("SELECT '{\"city\": \"Secret\"}'::jsonb AS address", as: Row.self)
            }
            #expect(error?.code == .decoding)
            let reason = "the jsonb of column 0 \"address\" cannot be read as Address: \"lines\" is missing"
            #expect(error?.reason == reason)
        }
    }

    @Test func `borrowed rows read cells and bytes in place`() async throws {
        try await withConnection { connection in
            var sum = 0
            var nulls = 0
            var lengths = 0
            let query: PostgresQuery = """
                SELECT n::int8 AS id, CASE WHEN n % 2 = 0 THEN 'abc' END AS name, n::float8
                FROM generate_series(1, 100000) n
                """
            let count = try await connection.forEachRow(query) { row in
                sum += try row.decode(Int.self, named: "id")
                if try row.isNull(at: 1) { nulls += 1 }
                if let bytes = try row.bytes(at: 2) { lengths += bytes.byteCount }
                let (id, _, number) = try row.decode((Int, String?, Double).self)
                if Double(id) != number { nulls = -1 }
            }
            #expect(count == 100_000)
            #expect(sum == 5_000_050_000)
            #expect(nulls == 50_000)
            #expect(lengths == 800_000)
        }
    }

    private struct Stop: Error {}

    @Test func `a body that throws, a wrong column and an error of the server end the reading`() async throws
    {
        try await withConnection { connection in
            var seen = 0
            await #expect(throws: Stop.self) {
                try await connection.forEachRow("SELECT n FROM generate_series(1, 200000) n") { _ in
                    seen += 1
                    if seen == 10 { throw Stop() }
                }
            }
            #expect(seen == 10)
            let wrong = await #expect(throws: PostgresError.self) {
                try await connection.forEachRow("SELECT 1") { _ = try $0.bytes(at: 1) }
            }
            #expect(wrong?.code == .unexpectedResult)
            let amid = await #expect(throws: PostgresError.self) {
                try await connection.forEachRow("SELECT 1 / (90000 - n) FROM generate_series(1, 100000) n") {
                    _ in
                }
            }
            #expect(amid?.sqlState == "22012")
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a cancelled task and a closed connection end the reading`() async throws {
        try await withConnection { connection in
            let (started, start) = AsyncStream<Void>.makeStream()
            let reading = Task {
                let endless: PostgresQuery = "SELECT generate_series(1, 100000000) AS n"
                return try await connection.forEachRow(endless) { _ in start.yield() }
            }
            for await _ in started { break }
            reading.cancel()
            let cancelled = await #expect(throws: PostgresError.self) { try await reading.value }
            #expect(cancelled?.code == .cancelled)
        }
        try await TestServer.withDatabase { database in
            let connection = try await PostgresConnection.connect(database.configuration)
            let query: PostgresQuery = "SELECT n AS id, 'a' AS name FROM generate_series(1, 1000000) n"
            let closed = await #expect(throws: PostgresError.self) {
                for try await _ in try await connection.query(query).decode(Pair.self) { connection.close() }
            }
            #expect(closed?.code == .connectionClosed)
        }
    }
}

import PostgresWire
import TestSupport
import Testing

/// COPY to the client and raw COPY from it, against a server.
@Suite struct CopyOutIntegrationTests {
    private struct Stop: Error {}

    private func withConnection(
        _ body: sending @concurrent (PostgresConnection) async throws -> Void
    ) async throws {
        try await TestServer.withDatabase { database in
            let connection = try await PostgresConnection.connect(database.configuration)
            try await connection.execute("CREATE TEMP TABLE facts (id int8, content text)")
            try await body(connection)
            // Whatever happened, the connection must be as usable as before.
            #expect(try await connection.one("SELECT 41 + 1", as: Int.self) == 42)
            #expect(connection.transactionStatus == .idle)
            connection.close()
        }
    }

    private func text(_ chunks: PostgresCopyOut) async throws -> String {
        var bytes: [UInt8] = []
        for try await chunk in chunks { bytes += chunk.bytes }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `a table comes out in each text format and goes in again`() async throws {
        try await withConnection { connection in
            let count = try await connection.copyIn(into: "facts", format: .csv, options: "HEADER true") {
                try await $0.write("id,content\n1,\"a,b\"\n2")
                try await $0.write(bytes: [0x2c, 0x0a, 0x33, 0x2c])
                try await $0.write("\"\"\n")
            }
            #expect(count == 3)
            #expect(try await text(connection.copyOut(from: "facts")) == "1\ta,b\n2\t\\N\n3\t\n")
            let csv = try await connection.copyOut(
                from: "facts", columns: ["content", "id"], format: .csv, options: "HEADER true")
            #expect(try await text(csv) == "content,id\n\"a,b\",1\n,2\n\"\",3\n")
            let query = try await connection.copyOut(from: "(SELECT id FROM facts WHERE id > 1 ORDER BY 1)")
            #expect(try await text(query) == "2\n3\n")
        }
    }

    @Test func `binary data go from one table to another without being looked at`() async throws {
        try await withConnection { connection in
            try await connection.execute(
                "INSERT INTO facts SELECT n, 'c' || n FROM generate_series(1, 50000) n")
            try await connection.execute("CREATE TEMP TABLE twin (LIKE facts)")
            var chunks: [[UInt8]] = []
            for try await chunk in try await connection.copyOut(from: "facts", format: .binary) {
                chunks.append(chunk.bytes)
            }
            let count = try await connection.copyIn(into: "twin", format: .binary) { [chunks] writer in
                for chunk in chunks { try await writer.write(bytes: chunk) }
            }
            #expect(count == 50_000)
            let differing = try await connection.one(
                "SELECT count(*) FROM (TABLE facts EXCEPT TABLE twin) d", as: Int.self)
            #expect(differing == 0)
        }
    }

    @Test func `rows of a binary COPY decode like rows of a query`() async throws {
        try await withConnection { connection in
            try await connection.execute(
                """
                INSERT INTO facts SELECT n, CASE WHEN n % 2 = 0 THEN 'c' || n END
                FROM generate_series(1, 30000) n
                """)
            var sum = 0
            var texts = 0
            for try await row in try await connection.copyOutRows(from: "facts") {
                let (id, content) = try row.decode((Int, String?).self)
                sum += id
                if let content, content == "c\(id)" { texts += 1 }
            }
            #expect(sum == 450_015_000)
            #expect(texts == 15_000)
            let rows = try await connection.copyOutRows(
                from: "(SELECT 1 AS one, true AS two)", columns: ["two"])
            for try await row in rows {
                let two = try row.decode(Bool.self, named: "two")
                #expect(two)
            }
            for try await _ in try await connection.copyOutRows(from: "(SELECT 1 WHERE false)") {
                Issue.record("there is no row")
            }
            for try await row in try await connection.copyOutRows(from: "(SELECT 'x'::text AS name)") {
                let error = #expect(throws: PostgresError.self) { try row.decode(Int.self, at: 0) }
                #expect(error?.code == .decoding)
                #expect(error?.reason.contains("\"name\"") == true)
            }
        }
    }

    @Test func `a changed table does not break a repeated COPY`() async throws {
        try await withConnection { connection in
            try await connection.execute("INSERT INTO facts VALUES (1, 'a')")
            for try await row in try await connection.copyOutRows(from: "facts") {
                #expect(row.columns.count == 2)
            }
            try await connection.execute("ALTER TABLE facts ADD more int4 DEFAULT 3")
            for try await row in try await connection.copyOutRows(from: "facts") {
                #expect(row.columns.count == 3)
            }
        }
    }

    @Test func `an early end of the loop leaves the connection usable`() async throws {
        try await withConnection { connection in
            let many: PostgresQuery = "(SELECT n, repeat('x', 100) FROM generate_series(1, 100000) n)"
            for try await chunk in try await connection.copyOut(from: many) {
                #expect(chunk.count > 0)
                break
            }
            #expect(try await connection.one("SELECT 1", as: Int.self) == 1)
            for try await row in try await connection.copyOutRows(from: many) {
                let first = try row.decode(Int.self, at: 0)
                #expect(first == 1)
                break
            }
        }
    }

    @Test func `errors before and amid the data are thrown and leave the connection usable`() async throws {
        try await withConnection { connection in
            let missing = await #expect(throws: PostgresError.self) {
                try await connection.copyOut(from: "no_such_table")
            }
            #expect(missing?.sqlState == "42P01")
            let amid: PostgresQuery = "(SELECT 1 / (90000 - n) FROM generate_series(1, 100000) n)"
            let division = await #expect(throws: PostgresError.self) {
                for try await _ in try await connection.copyOut(from: amid) {}
            }
            #expect(division?.sqlState == "22012")
            let rows = await #expect(throws: PostgresError.self) {
                for try await _ in try await connection.copyOutRows(from: amid) {}
            }
            #expect(rows?.sqlState == "22012")
        }
    }

    @Test func `a COPY in the wrong verb is an error and no deadlock`() async throws {
        try await withConnection { connection in
            let out = await #expect(throws: PostgresError.self) {
                try await connection.script("COPY facts TO STDOUT")
            }
            #expect(out?.code == .invalidUse)
            let read = await #expect(throws: PostgresError.self) {
                for try await row in try await connection.query("COPY (SELECT 1, 'text') TO STDOUT") {
                    Issue.record("data of a COPY as a row: \(row)")
                }
            }
            #expect(read?.code == .invalidUse)
            for _ in 0..<2 {
                let refused = await #expect(throws: PostgresError.self) {
                    try await connection.execute("COPY facts FROM STDIN")
                }
                #expect(refused?.sqlState == "57014")
            }
            let simple = await #expect(throws: PostgresError.self) {
                try await connection.script("COPY facts FROM STDIN")
            }
            #expect(simple?.sqlState == "57014")
            let parameters = await #expect(throws: PostgresError.self) {
                try await connection.copyOut(from: "(SELECT \(1))")
            }
            #expect(parameters?.code == .invalidUse)
        }
    }

    @Test func `a body that throws and data that are wrong leave no row`() async throws {
        try await withConnection { connection in
            await #expect(throws: Stop.self) {
                _ = try await connection.copyIn(into: "facts", format: .text) { writer in
                    for _ in 0..<10_000 { try await writer.write("1\tabcdefghijklmnop\n") }
                    throw Stop()
                }
            }
            let wrong = await #expect(throws: PostgresError.self) {
                _ = try await connection.copyIn(into: "facts", format: .text) { writer in
                    try await writer.write("1\ta\nx\tb\n")
                    for _ in 0..<100_000 { try await writer.write("1\tabcdefghijklmnop\n") }
                }
            }
            #expect(wrong?.sqlState == "22P02")
            let left = try await connection.one("SELECT count(*) FROM facts", as: Int.self)
            #expect(left == 0)
        }
    }

    @Test func `a cancelled task gives its COPY up and keeps the connection`() async throws {
        try await withConnection { connection in
            let (started, start) = AsyncStream<Void>.makeStream()
            let copying = Task {
                try await connection.copyIn(into: "facts", format: .text) { writer in
                    while true {
                        try await writer.write("1\tabcdefghijklmnop\n")
                        start.yield()
                    }
                }
            }
            for await _ in started { break }
            copying.cancel()
            let error = await #expect(throws: PostgresError.self) { try await copying.value }
            #expect(error?.code == .cancelled)
            #expect(try await connection.one("SELECT count(*) FROM facts", as: Int.self) == 0)

            let reading = Task {
                for try await _ in try await connection.copyOut(from: "(SELECT pg_sleep(60))") {}
            }
            while try await !isSleeping(in: connection) { await Task.yield() }
            reading.cancel()
            let stopped = await #expect(throws: PostgresError.self) { try await reading.value }
            #expect(stopped?.code == .cancelled)
        }
    }

    /// Whether another session sees the connection's backend at work.
    private func isSleeping(in connection: PostgresConnection) async throws -> Bool {
        let url = try await TestServer.url()
        let other = try await PostgresConnection.connect(try PostgresConfiguration(url: url))
        defer { other.close() }
        return try await other.one(
            """
            SELECT count(*) > 0 FROM pg_stat_activity
            WHERE pid = \(connection.backendProcessID ?? 0) AND wait_event = 'PgSleep'
            """,
            as: Bool.self)
    }

    @Test func `a connection that is closed amid a COPY says so`() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await PostgresConnection.connect(database.configuration)
            let many: PostgresQuery = "(SELECT repeat('x', 1000) FROM generate_series(1, 100000) n)"
            let error = await #expect(throws: PostgresError.self) {
                for try await _ in try await connection.copyOut(from: many) { connection.close() }
            }
            #expect(error?.code == .connectionClosed)
        }
    }
}

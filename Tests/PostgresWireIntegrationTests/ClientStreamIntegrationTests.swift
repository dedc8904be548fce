import PostgresWire
import TestSupport
import Testing

/// Streams and COPY on a pool of one connection, which must come back each time.
@Suite struct ClientStreamIntegrationTests {
    private let single = pool { $0.maximumConnections = 1 }

    @Test func `a stream gives its connection back after the last row`() async throws {
        try await withPool(single) { client in
            let rows = try await client.query("SELECT generate_series(1, 3) AS n")
            #expect(client.statistics.lent == 1)
            var numbers: [Int] = []
            for try await row in rows { numbers.append(try row.decode(Int.self)) }
            #expect(numbers == [1, 2, 3])
            #expect(client.statistics.lent == 0)
            let next = try await client.one("SELECT 4", as: Int.self)
            #expect(next == 4)
            #expect(client.statistics.opened == 1)
        }
    }

    @Test func `a stream that is dropped gives its connection back`() async throws {
        try await withPool(single) { client in
            for try await row in try await client.query("SELECT generate_series(1, 100000) AS n") {
                #expect(try row.decode(Int.self) == 1)
                break
            }
            let next = try await client.one("SELECT 4", as: Int.self)
            #expect(next == 4)
            #expect(client.statistics.opened == 1)
        }
    }

    @Test func `a stream that fails gives its connection back`() async throws {
        try await withPool(single) { client in
            let early = await errorOf {
                for try await _ in try await client.query("SELECT 1/0") { Issue.record("there is no row") }
            }
            #expect(early?.sqlState == "22012")
            let late = await errorOf {
                for try await _ in try await client.query("SELECT 1/(3 - n) FROM generate_series(1, 5) n") {}
            }
            #expect(late?.sqlState == "22012")
            let next = try await client.one("SELECT 4", as: Int.self)
            #expect(next == 4)
            #expect(client.statistics.opened == 1)
        }
    }

    @Test func `COPY goes in and out`() async throws {
        try await TestServer.withDatabase(maximumConnections: 1) { database in
            let client = database.client
            try await client.execute("CREATE TABLE t (a int4, b text)")
            let typed = try await client.copyIn(into: "t", columns: ["a", "b"]) { writer in
                try await writer.write(Int32(1), "x")
            }
            #expect(typed == 1)
            let raw = try await client.copyIn(into: "t", format: .csv) { writer in
                try await writer.write("2,y\n3,z\n")
            }
            #expect(raw == 2)
            var text = ""
            for try await chunk in try await client.copyOut(
                from: "(SELECT * FROM t ORDER BY a)", format: .csv)
            {
                text += String(decoding: chunk.bytes, as: UTF8.self)
            }
            #expect(text == "1,x\n2,y\n3,z\n")
            var sum: Int32 = 0
            for try await row in try await client.copyOutRows(from: "t", columns: ["a"]) {
                sum += try row.decode(Int32.self, at: 0)
            }
            #expect(sum == 6)
            let failed = await errorOf { _ = try await client.copyOut(from: "nowhere") }
            #expect(failed?.sqlState == "42P01")
            #expect(client.statistics.opened == 1)
            #expect(client.statistics.lent == 0)
        }
    }
}

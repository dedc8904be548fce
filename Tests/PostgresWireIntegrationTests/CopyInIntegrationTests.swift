import PostgresWire
import TestSupport
import Testing

@Suite struct CopyInIntegrationTests {
    @Test func `rows are copied in binary`() async throws {
        try await withOneConnection { connection in
            try await connection.execute("CREATE TEMP TABLE t (id int8, label text, tags int8[])")
            let count = try await connection.copyIn(into: "t", columns: ["id", "label", "tags"]) { writer in
                for index in 0..<50_000 {
                    try await writer.write(index, index % 7 == 0 ? nil : "row \(index)", [index, -index])
                }
            }
            #expect(count == 50_000)
            let (rows, sum, labels) = try await connection.one(
                "SELECT count(*), sum(tags[2])::int8, count(label) FROM t", as: (Int, Int, Int).self)
            #expect(rows == 50_000)
            #expect(sum == -1_249_975_000)
            #expect(labels == 42_857)
        }
    }

    @Test func `a body that throws leaves no rows and a usable connection`() async throws {
        struct Refusal: Error {}
        try await withOneConnection { connection in
            try await connection.execute("CREATE TEMP TABLE t (id int8)")
            await #expect(throws: Refusal.self) {
                try await connection.copyIn(into: "t", columns: ["id"]) { writer in
                    for index in 0..<50_000 { try await writer.write(index) }
                    throw Refusal()
                }
            }
            let value1 = try await connection.one("SELECT count(*) FROM t", as: Int.self)
            #expect(value1 == 0)
        }
    }

    @Test func `data that the server refuses are its error`() async throws {
        try await withOneConnection { connection in
            try await connection.execute("CREATE TEMP TABLE t (id int8)")
            let error = await errorOf {
                _ = try await connection.copyIn(into: "t", columns: ["id"]) { writer in
                    for _ in 0..<100_000 { try await writer.write("not a number") }
                }
            }
            #expect(error?.sqlState == "22P03")
            let missing = await errorOf {
                _ = try await connection.copyIn(into: "nowhere", columns: ["id"]) { _ in }
            }
            #expect(missing?.sqlState == "42P01")
            let value2 = try await connection.one("SELECT count(*) FROM t", as: Int.self)
            #expect(value2 == 0)
        }
    }

    @Test func `other calls wait until the copy has ended`() async throws {
        try await withPool { client in
            try await client.withConnection { connection in
                try await connection.execute("CREATE TEMP TABLE t (id int8)")
                async let beside = connection.one("SELECT 7", as: Int.self)
                _ = try await connection.copyIn(into: "t", columns: ["id"]) { writer in
                    for index in 0..<20_000 { try await writer.write(index) }
                }
                let value3 = try await beside
                #expect(value3 == 7)
            }
        }
    }
}

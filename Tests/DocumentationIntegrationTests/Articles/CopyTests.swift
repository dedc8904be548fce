import PostgresWire
import TestSupport
import Testing

@Suite struct CopyTests {
    @Test func `rows into a table`() async throws {
        try await Sample.withClient { client in
            let copied = try await client.copyIn(into: "items", columns: ["id", "name", "tags"]) { writer in
                for number in 1_000..<3_000 {
                    try await writer.write(number, "item \(number)", ["new"])
                }
            }

            #expect(copied == 2_000)
            let new = try await client.one(
                "SELECT count(*) FROM items WHERE \("new") = ANY (tags)", as: Int.self)
            #expect(new == 2_000)
        }
    }

    @Test func `values of exactly the column's type`() async throws {
        try await Sample.withClient { client in
            try await client.withConnection { connection in
                _ = try await connection.script(
                    "CREATE TABLE numbers (four int4); CREATE TABLE \"My Table\" (id int8)")

                try await connection.copyIn(into: "numbers", columns: ["four"]) { writer in
                    try await writer.write(Int32(7))
                }

                let table = "My Table"
                try await connection.copyIn(into: "\(identifier: table)", columns: ["id"]) { writer in
                    try await writer.write(1)
                }

                let error = await errorOf {
                    try await connection.copyIn(into: "numbers", columns: ["four"]) { try await $0.write(7) }
                }
                #expect(error?.sqlState == "22P03")
                let four = try await connection.collect("SELECT four FROM numbers", as: Int.self)
                #expect(four == [7])
                let seen1 = try await connection.one("SELECT id FROM \"My Table\"", as: Int.self)
                #expect(seen1 == 1)
            }
        }
    }

    @Test func `text into a table`() async throws {
        try await Sample.withClient { client in
            try await client.withConnection { connection in
                let lines = ["id,name\n", "1,one\n2,t", "wo\n"]
                let copied = try await connection.copyIn(
                    into: "items", columns: ["id", "name"], format: .csv, options: "HEADER true"
                ) { writer in
                    for line in lines { try await writer.write(line) }
                }

                #expect(copied == 2)
                let name = try await connection.one("SELECT name FROM items WHERE id = 2", as: String.self)
                #expect(name == "two")
            }
        }
    }

    @Test func `rows out of a table`() async throws {
        try await Sample.withClient { client in
            let printed = Collected()
            @Sendable func print(_ id: Int, _ name: String) { printed.add("\(id) \(name)") }
            try await client.withConnection { connection in
                let rows = try await connection.copyOutRows(from: "(SELECT id, name FROM items ORDER BY id)")
                for try await row in rows {
                    let (id, name) = try row.decode((Int, String).self)
                    print(id, name)
                }
            }
            #expect(printed.texts == ["7 green tea", "8 cold brew"])
        }
    }

    @Test func `bytes out of a table`() async throws {
        try await Sample.withClient { client in
            try await client.withConnection { connection in
                let data = try await connection.copyOut(from: "items", columns: ["id", "name"], format: .csv)
                var file: [UInt8] = []
                for try await chunk in data {
                    chunk.withUnsafeBytes { file.append(contentsOf: $0) }
                }

                #expect(String(decoding: file, as: UTF8.self) == "7,green tea\n8,cold brew\n")
            }
        }
    }

    @Test func `a refused COPY leaves the connection usable`() async throws {
        try await Sample.withClient { client in
            let printed = Collected()
            @Sendable func print(_ state: String, _ isClosed: Bool) { printed.add("\(state) \(isClosed)") }
            try await client.withConnection { connection in
                do {
                    try await connection.copyIn(into: "items", columns: ["id", "name"]) { writer in
                        try await writer.write(7, "a second item with this key")
                    }
                } catch let error as PostgresError {
                    print(error.sqlState ?? "", connection.isClosed)  // 23505 false
                }

                #expect(printed.texts == ["23505 false"])
                let seen2 = try await connection.one("SELECT count(*) FROM items", as: Int.self)
                #expect(seen2 == 2)
            }
        }
    }
}

import Testing

@testable import PostgresWire

/// The statement mode `simple`, as the server sees it.
@Suite struct SimpleModeTests {
    @Test func `statements go as Query messages and nothing else`() async throws {
        let server = try SimpleServer { sql, _ in SimpleServer.success(sql) }
        try await server.withConnection { connection in
            try await connection.execute("first")
            _ = try await connection.collect("second")
            for try await _ in try await connection.query("third") { Issue.record("there is no row") }
        }
        #expect(server.statements == ["first", "second", "third"])
    }

    @Test func `a statement with parameters is refused before anything is sent`() async throws {
        let server = try SimpleServer { sql, _ in SimpleServer.success(sql) }
        try await server.withConnection { connection in
            let one = await errorOf { try await connection.execute("SELECT \(1)") }
            let stream = await errorOf { _ = try await connection.query("SELECT \("a")") }
            let batch = await errorOf { _ = try await connection.batch(["SELECT 1", "SELECT \(2)"]) }
            let byHand = await errorOf { try await connection.execute(PostgresQuery("SELECT $1", [3])) }
            let pipeline = await errorOf { _ = try await connection.pipeline(["SELECT \(4)"]) }
            for error in [one, stream, batch, byHand, pipeline] {
                #expect(error?.code == .invalidUse)
                #expect(error?.effect == PostgresError.Effect.none)
            }
            try await connection.execute("afterwards")
        }
        #expect(server.statements == ["afterwards"])
    }

    @Test func `a batch is one message, and each statement ends where its text ends`() async throws {
        let server = try SimpleServer { _, _ in
            .send(BackendBytes.message("C", Array("SELECT 0\0".utf8)) + SimpleServer.done("SELECT 1", "I"))
        }
        try await server.withConnection { connection in
            let results = try await connection.batch(["SELECT 1 -- one", "SELECT 2"])
            #expect(results.map(\.command.text) == ["SELECT 0", "SELECT 1"])
        }
        #expect(server.statements == ["SELECT 1 -- one\n;SELECT 2"])
    }
}

import PostgresWire
import TestSupport
import Testing

/// Errors name the call in the program that failed.
@Suite struct CallSiteIntegrationTests {
    private static func swallow(_ query: PostgresQuery, on connection: PostgresConnection) async {
        _ = await errorOf { try await connection.execute(query) }
    }

    @Test func `each verb of a connection names its call`() async throws {
        try await withOneConnection { connection in
            let bad: PostgresQuery = "SELECT 1/0"
            let line = #line
            let errors = [
                await errorOf { try await connection.execute(bad) },
                await errorOf { _ = try await connection.collect(bad) },
                await errorOf { _ = try await connection.collect("SELECT 'a'::text", as: Int.self) },
                await errorOf { _ = try await connection.one("SELECT 1 WHERE false", as: Int.self) },
                await errorOf { _ = try await connection.optional("VALUES (1), (2)", as: Int.self) },
                await errorOf { _ = try await connection.batch(["SELECT 1", bad]) },
                await errorOf { _ = try await connection.script("SELECT 1/0") },
                await errorOf { _ = try await connection.pipeline([bad])[0].get() },
                await errorOf { for try await _ in try await connection.query(bad) {} },
                await errorOf { _ = try await connection.forEachRow(bad) { _ in } },
                await errorOf { _ = try await connection.copyIn(into: "nowhere", columns: []) { _ in } },
                await errorOf { _ = try await connection.copyOut(from: "nowhere") },
                await errorOf { _ = try await connection.copyOutRows(from: "nowhere") },
            ]
            #expect(errors.map { $0?.callSite?.line } == (2...14).map { UInt(line + $0) })
            let file = "PostgresWireIntegrationTests/CallSiteIntegrationTests.swift"
            #expect(errors.allSatisfy { $0?.callSite.map { "\($0.file)" } == file })
        }
    }

    @Test func `the verbs of a pool name their call, and so does a transaction`() async throws {
        try await withPool { client in
            let bad: PostgresQuery = "SELECT 1/0"
            let line = #line
            let errors = [
                await errorOf { try await client.execute(bad) },
                await errorOf { _ = try await client.collect("SELECT 'a'::text", as: Int.self) },
                await errorOf { _ = try await client.one("SELECT 1, 2", as: Int.self) },
                await errorOf { try await client.withTransaction { await Self.swallow(bad, on: $0) } },
            ]
            #expect(errors.map { $0?.callSite?.line } == (2...5).map { UInt(line + $0) })
            #expect(errors[3]?.code == .transactionRolledBack)
            #expect(errors[1]?.column?.type == .text)
            #expect(errors[1]?.column?.wantedType == "Int")
        }
    }

    @Test func `an error in a body keeps the place of the call in it`() async throws {
        try await withPool { client in
            let line = #line + 2
            let error = await errorOf {
                try await client.withTransaction { _ = try await $0.execute("SELECT 1/0") }
            }
            #expect(error?.callSite?.line == UInt(line))
        }
    }

    @Test func `rows of a stream name the call that reads them`() async throws {
        try await withOneConnection { connection in
            var line = 0
            let error = await errorOf {
                for try await row in try await connection.query("SELECT 'a'::text AS word") {
                    line = #line + 1
                    _ = try row.decode(Int.self)
                }
            }
            #expect(error?.callSite?.line == UInt(line))
            #expect(error?.column?.name == "word")
        }
    }
}

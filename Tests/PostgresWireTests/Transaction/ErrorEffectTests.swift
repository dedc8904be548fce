import TestSupport
import Testing

@testable import PostgresWire

/// Whether an error says that the work may be done again.
@Suite struct ErrorEffectTests {
    private func error(
        when answer: @escaping @Sendable (String) -> SimpleServer.Answer,
        in body: (PostgresConnection) async throws -> Void
    ) async throws -> PostgresError? {
        let server = try SimpleServer { sql, _ in answer(sql) }
        return try await server.withConnection { connection in
            await errorOf { try await body(connection) }
        }
    }

    @Test func `what was never sent had no effect`() async throws {
        let closed = try await error(
            when: { SimpleServer.success($0) },
            in: { connection in
                connection.close()
                try await connection.execute("work")
            })
        #expect(closed?.code == .connectionClosed)
        #expect(closed?.effect == PostgresError.Effect.none)
        let bound = try await error(
            when: { SimpleServer.success($0) }, in: { try await $0.execute("SELECT \(1)") })
        #expect(bound?.code == .invalidUse)
        #expect(bound?.effect == PostgresError.Effect.none)
    }

    @Test func `what the server refused is rolled back`() async throws {
        let refused = try await error(
            when: { _ in .send(SimpleServer.failed("23505", "I")) },
            in: {
                try await $0.execute("INSERT")
            })
        #expect(refused?.code == .server)
        #expect(refused?.effect == .rolledBack)
    }

    @Test func `what was under way when the connection broke is unknown, and what comes later is not sent`()
        async throws
    {
        let lost = try await error(when: { _ in .hangUp }, in: { try await $0.execute("INSERT") })
        #expect(lost?.code == .connectionFailed)
        #expect(lost?.effect == .unknown)
        let later = try await error(
            when: { _ in .hangUp },
            in: { connection in
                _ = await errorOf { try await connection.execute("INSERT") }
                try await connection.execute("INSERT")
            })
        #expect(later?.code == .connectionClosed)
        #expect(later?.effect == PostgresError.Effect.none)
    }

    @Test func `a session that the server ends leaves its statement unknown`() async throws {
        let ended = try await error(
            when: { _ in .send(BackendBytes.error("57P01", "terminated")) },
            in: {
                try await $0.execute("INSERT")
            })
        #expect(ended?.code == .connectionClosed)
        #expect(ended?.sqlState == "57P01")
        #expect(ended?.effect == .unknown)
    }

    @Test func `an error after a COMMIT in a script does not undo it`() async throws {
        let insert = BackendBytes.message("C", Array("INSERT 0 1\0".utf8))
        let commit = BackendBytes.message("C", Array("COMMIT\0".utf8))
        let after = try await error(
            when: { _ in .send(insert + commit + SimpleServer.failed("22012", "I")) },
            in: {
                _ = try await $0.script("INSERT; COMMIT; SELECT 1/0")
            })
        #expect(after?.sqlState == "22012")
        #expect(after?.effect == .unknown)
        let before = try await error(
            when: { _ in .send(insert + SimpleServer.failed("22012", "I")) },
            in: {
                _ = try await $0.script("INSERT; SELECT 1/0; COMMIT")
            })
        #expect(before?.effect == .rolledBack)
    }

    @Test(arguments: [
        ("CALL refill()", PostgresError.Effect.unknown), ("  do $$ … $$", .unknown), ("VACUUM t", .unknown),
        ("CREATE INDEX CONCURRENTLY i ON t (a)", .unknown), ("DOUBLE", .rolledBack),
        ("SELECT 1", .rolledBack),
    ])
    func `a statement that may commit parts by itself leaves its effect unknown`(
        sql: String, effect: PostgresError.Effect
    ) async throws {
        let failed = try await error(
            when: { _ in .send(SimpleServer.failed("40001", "I")) },
            in: {
                try await $0.execute("\(raw: sql)")
            })
        #expect(failed?.effect == effect)
    }

    @Test func `in a transaction no statement commits by itself`() async throws {
        let failed = try await error(
            when: {
                $0 == "BEGIN" ? SimpleServer.success($0) : .send(SimpleServer.failed("40001", "E"))
            },
            in: { connection in
                try await connection.execute("BEGIN")
                try await connection.execute("CALL refill()")
            })
        #expect(failed?.effect == .rolledBack)
    }

    @Test func `a transaction that waits too long is rolled back and says so`() async throws {
        let server = try SimpleServer { sql, _ in SimpleServer.success(sql) }
        try await server.withConnection(idleInTransaction: .milliseconds(30)) { connection in
            let error = await errorOf {
                try await connection.withTransaction { connection in
                    // Ends when the connection is closed, which is what the test is about.
                    while !connection.isClosed { try await Task.sleep(for: .milliseconds(1)) }
                    try await connection.execute("work")
                }
            }
            #expect(error?.code == .timedOut)
            #expect(error?.effect == .rolledBack)
            #expect(error?.reason.contains("idleInTransactionTimeout") == true)
        }
        #expect(server.statements == ["BEGIN"])
    }

    @Test func `only an open transaction in which nothing is under way waits too long`() async throws {
        let server = try SimpleServer { sql, _ in SimpleServer.success(sql) }
        try await server.withConnection(idleInTransaction: .seconds(60)) { connection in
            let session = connection.session
            try await connection.withTransaction { _ = try await $0.execute("work") }
            session.locked { state, _ in state.idleSince -= .seconds(61) }
            session.checkIdleness()
            #expect(!connection.isClosed)
            try await connection.execute("BEGIN")
            session.locked { state, _ in state.idleSince -= .seconds(59) }
            session.checkIdleness()
            #expect(!connection.isClosed)
            session.locked { state, _ in state.idleSince -= .seconds(1) }
            session.checkIdleness()
            #expect(connection.isClosed)
        }
    }
}

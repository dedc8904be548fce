import PostgresWire
import TestSupport
import Testing

/// Advisory locks and settings for a transaction.
@Suite struct AdvisoryLockIntegrationTests {
    struct Refusal: Error {}

    @Test func `a lock of the session keeps others out until it is released as often as it was taken`()
        async throws
    {
        try await TestServer.withDatabase { database in
            let other = database.client
            try await withOneConnection({ $0 = database.configuration }) { connection in
                try await connection.acquireAdvisoryLock(7, scope: .session)
                try await connection.acquireAdvisoryLock(7, scope: .session)
                let answer1 = try await Self.isFree(7, other)
                #expect(answer1 == false)
                let answer2 = try await Self.isFree(AdvisoryLockKey(0, 7), other)
                #expect(answer2)
                let answer3 = try await connection.releaseAdvisoryLock(7)
                #expect(answer3)
                let answer4 = try await Self.isFree(7, other)
                #expect(answer4 == false)
                let answer5 = try await connection.releaseAdvisoryLock(7)
                #expect(answer5)
                let answer6 = try await Self.isFree(7, other)
                #expect(answer6)
                let answer7 = try await connection.releaseAdvisoryLock(7)
                #expect(answer7 == false)
            }
        }
    }

    private static func isFree(_ key: AdvisoryLockKey, _ client: PostgresClient) async throws -> Bool {
        try await client.withTransaction { try await $0.tryAdvisoryLock(key) }
    }

    private static func isFreeToShare(_ key: AdvisoryLockKey, _ client: PostgresClient) async throws -> Bool {
        try await client.withTransaction { try await $0.tryAdvisoryLock(key, .shared) }
    }

    @Test func `a shared lock keeps only exclusive ones out`() async throws {
        try await TestServer.withDatabase { database in
            try await withOneConnection({ $0 = database.configuration }) { connection in
                let answer8 = try await connection.tryAdvisoryLock(
                    AdvisoryLockKey(1, 2), .shared, scope: .session)
                #expect(answer8)
                let answer9 = try await Self.isFreeToShare(AdvisoryLockKey(1, 2), database.client)
                #expect(answer9)
                let answer10 = try await Self.isFree(AdvisoryLockKey(1, 2), database.client)
                #expect(answer10 == false)
                let answer11 = try await connection.releaseAdvisoryLock(AdvisoryLockKey(1, 2))
                #expect(answer11 == false)
                let answer12 = try await connection.releaseAdvisoryLock(AdvisoryLockKey(1, 2), .shared)
                #expect(answer12)
                let answer13 = try await Self.isFree(AdvisoryLockKey(1, 2), database.client)
                #expect(answer13)
            }
        }
    }

    @Test func `a lock of the transaction ends with it and does not exist outside of one`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.client
            try await client.withTransaction { connection in
                try await connection.acquireAdvisoryLock(9)
                let answer14 = try await Self.isFree(9, client)
                #expect(answer14 == false)
            }
            let answer15 = try await Self.isFree(9, client)
            #expect(answer15)
            try await client.withConnection { connection in
                let outside = await errorOf { try await connection.acquireAdvisoryLock(9) }
                #expect(outside?.code == .invalidUse)
                #expect(outside?.effect == PostgresError.Effect.none)
                let tried = await errorOf { _ = try await connection.tryAdvisoryLock(9) }
                #expect(tried?.code == .invalidUse)
            }
        }
    }

    @Test func `a scope releases its lock however it ends`() async throws {
        try await TestServer.withDatabase { database in
            let other = database.client
            try await withOneConnection({ $0 = database.configuration }) { connection in
                let value = try await connection.withAdvisoryLock(5) {
                    let answer16 = try await Self.isFree(5, other)
                    #expect(answer16 == false)
                    return 42
                }
                #expect(value == 42)
                let answer17 = try await Self.isFree(5, other)
                #expect(answer17)
                await #expect(throws: Refusal.self) {
                    try await connection.withAdvisoryLock(5) { throw Refusal() }
                }
                let answer18 = try await Self.isFree(5, other)
                #expect(answer18)
                #expect(!connection.isClosed)
                let late = await errorOf {
                    try await other.withConnection { holder in
                        try await holder.withAdvisoryLock(5) {
                            try await connection.withAdvisoryLock(5, timeout: .milliseconds(100)) {}
                        }
                    }
                }
                #expect(late?.code == .timedOut)
            }
        }
    }

    @Test func `a pool releases what a borrower left locked`() async throws {
        try await TestServer.withDatabase(maximumConnections: 1) { database in
            let client = database.client
            try await client.withConnection { connection in
                try await connection.acquireAdvisoryLock(3, scope: .session)
            }
            try await client.execute("SELECT 1")
            #expect(client.statistics.resets == 1)
            let other = database.anotherClient()
            let answer19 = try await Self.isFree(3, other)
            #expect(answer19)
            await other.shutdown()
            try await client.execute("SELECT 1")
            #expect(client.statistics.resets == 1)
        }
    }

    @Test func `settings hold until the transaction ends`() async throws {
        try await withOneConnection { connection in
            let hostile = "x'; DROP TABLE pg_class; --"
            try await connection.withTransaction { connection in
                try await connection.setLocal(["app.tenant": hostile, "work_mem": "17MB"])
                try await connection.setLocal("statement_timeout", to: "5s")
                try await connection.setLocal([:])
                let seen = try await connection.one(
                    """
                    SELECT current_setting('app.tenant'), current_setting('work_mem'),
                        current_setting('statement_timeout')
                    """, as: (String, String, String).self)
                #expect(seen == (hostile, "17MB", "5s"))
            }
            let after = try await connection.one(
                "SELECT current_setting('app.tenant'), current_setting('work_mem') = '17MB'",
                as: (String, Bool).self)
            #expect(after == ("", false))
        }
    }

    @Test func `settings outside of a transaction and unknown ones are typed errors`() async throws {
        try await withOneConnection { connection in
            let outside = await errorOf { try await connection.setLocal("work_mem", to: "1MB") }
            #expect(outside?.code == .invalidUse)
            #expect(outside?.effect == PostgresError.Effect.none)
            let unknown = await errorOf {
                try await connection.withTransaction { try await $0.setLocal("no_such_parameter", to: "1") }
            }
            #expect(unknown?.sqlState == "42704")
            let value = await errorOf {
                try await connection.withTransaction { try await $0.setLocal("work_mem", to: "much") }
            }
            #expect(value?.sqlState == "22023")
        }
    }
}

import PostgresWire
import TestSupport
import Testing

@Suite struct CancelIntegrationTests {
    @Test func `a cancelled statement is stopped and its connection stays`() async throws {
        try await withPool(pool { $0.maximumConnections = 1 }) { client in
            let start = ContinuousClock.now
            let task = Task { try await client.execute("SELECT pg_sleep(30)") }
            try await Task.sleep(for: .milliseconds(200))
            task.cancel()
            let error = await errorOf { _ = try await task.value }
            #expect(error?.code == .cancelled)
            #expect(start.duration(to: .now) < .seconds(10))
            let value1 = try await client.one("SELECT 7", as: Int.self)
            #expect(value1 == 7)
            #expect(client.statistics.broken == 0)
        }
    }

    @Test func `a caller cancelled within a pipeline goes at once and its neighbours stay`() async throws {
        try await withPool { client in
            try await client.withConnection { holder in
                _ = try await holder.one("SELECT pg_advisory_lock(4711)::text", as: String.self)
                try await withOneConnection { connection in
                    let first = Task {
                        try await connection.one(
                            "SELECT pg_advisory_lock(4711)::text || 'first'", as: String.self)
                    }
                    let waiting: PostgresQuery =
                        "SELECT count(*) FROM pg_locks WHERE objid = 4711 AND NOT granted"
                    while try await holder.one(waiting, as: Int.self) == 0 {}
                    let second = Task { try await connection.one("SELECT 'second'", as: String.self) }
                    try await Task.sleep(for: .milliseconds(200))
                    second.cancel()
                    let failure = await errorOf { _ = try await second.value }
                    #expect(failure?.code == .cancelled)
                    _ = try await holder.one("SELECT pg_advisory_unlock(4711)", as: Bool.self)
                    let answer = try await first.value
                    #expect(answer == "first")
                    let after = try await connection.one("SELECT 'third'", as: String.self)
                    #expect(after == "third")
                }
            }
        }
    }
}

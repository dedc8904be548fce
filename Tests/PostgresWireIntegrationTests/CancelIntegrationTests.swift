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

    /// Each statement carries its own number: an answer that belongs to another one would show, as would a
    /// cancellation that hits a task which was never cancelled.
    @Test func `cancels at random moments never hit a neighbour`() async throws {
        try await withPool(pool { $0.maximumConnections = 4 }) { client in
            let outcomes = await withTaskGroup(of: CancelOutcome.self) { group in
                for index in 0..<600 {
                    group.addTask { await CancelOutcome(of: index, on: client) }
                }
                return await group.reduce(into: [CancelOutcome]()) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == .wrongAnswer }.count == 0)
            #expect(outcomes.filter { $0 == .foreignCancel }.count == 0)
            #expect(outcomes.filter { $0 == .otherError }.count == 0)
            #expect(outcomes.filter { $0 == .cancelled }.count > 20)
            #expect(client.statistics.lent == 0)
            #expect(client.statistics.waiting == 0)
            let value2 = try await client.one("SELECT 7", as: Int.self)
            #expect(value2 == 7)
        }
    }
}

/// What a statement that may have been cancelled came to.
enum CancelOutcome: Equatable, Sendable {
    case answered
    case cancelled
    case wrongAnswer
    case foreignCancel
    case otherError

    /// Every third task is cancelled, after a time that depends on its number.
    init(of index: Int, on client: PostgresClient) async {
        let mayBeCancelled = index % 3 == 0
        let task = Task {
            try await client.one(
                "SELECT \(index), pg_sleep(\(Double(index % 7) / 1_000))::text", as: (Int, String).self
            ).0
        }
        if mayBeCancelled {
            try? await Task.sleep(for: .microseconds(index * 37 % 9_000))
            task.cancel()
        }
        do {
            self = try await task.value == index ? .answered : .wrongAnswer
        } catch {
            let isCancel =
                (error as? PostgresError).map { $0.code == .cancelled || $0.sqlState == "57014" } ?? false
            self = isCancel ? (mayBeCancelled ? .cancelled : .foreignCancel) : .otherError
        }
    }
}

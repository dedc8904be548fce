import Locking
import PostgresWire
import TestSupport
import Testing

/// Counts what happens in several tasks.
private final class Counter: Sendable {
    private let count = Lock(0)

    var value: Int { count.withLock { $0 } }

    /// Counts one more and returns the new count.
    @discardableResult
    func increment() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

/// Conflicts that a real server reports.
@Suite struct TransactionRetryIntegrationTests {
    @Test func `a write that others overtook is done again on what they wrote`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.client
            try await client.execute("CREATE TABLE t (a int4)")
            try await client.execute("INSERT INTO t VALUES (1)")
            let attempts = Counter()
            try await client.withTransaction(isolation: .repeatableRead, retry: .standard) { connection in
                let attempt = attempts.increment()
                let value = try await connection.one("SELECT a FROM t", as: Int32.self)
                if attempt == 1 { try await client.execute("UPDATE t SET a = 10") }
                try await connection.execute("UPDATE t SET a = \(value + 1)")
            }
            #expect(attempts.value == 2)
            let value = try await client.one("SELECT a FROM t", as: Int.self)
            #expect(value == 11)
        }
    }

    private static func touch(_ id: Int, on connection: PostgresConnection) async throws {
        try await connection.execute("UPDATE t SET a = a + 1 WHERE id = \(id)::int4")
    }

    @Test func `of two transactions that lock each other out both are done in the end`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.client
            try await client.execute("CREATE TABLE t (id int4 PRIMARY KEY, a int4)")
            try await client.execute("INSERT INTO t VALUES (1, 0), (2, 0)")
            let met = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for order in [[1, 2], [2, 1]] {
                    group.addTask {
                        try await client.withTransaction(retry: .standard) { connection in
                            try await connection.execute("SET LOCAL deadlock_timeout = '20ms'")
                            try await Self.touch(order[0], on: connection)
                            met.increment()
                            while met.value < 2 { try await Task.sleep(for: .milliseconds(1)) }
                            try await Self.touch(order[1], on: connection)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let values = try await client.collect("SELECT a FROM t", as: Int.self)
            #expect(values == [2, 2])
            // Both took their first lock before either asked for the second: one was the victim and came again.
            #expect(met.value >= 3)
        }
    }

    @Test func `a conflict that only COMMIT finds is retried too`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.client
            try await client.execute("CREATE TABLE t (a int4)")
            let attempts = Counter()
            let count: PostgresQuery = "INSERT INTO t SELECT count(*) FROM t"
            try await client.withTransaction(isolation: .serializable, retry: .standard) { connection in
                let attempt = attempts.increment()
                try await connection.execute(count)
                guard attempt == 1 else { return }
                try await client.withTransaction(isolation: .serializable) { _ = try await $0.execute(count) }
            }
            #expect(attempts.value == 2)
            let values = try await client.collect("SELECT a FROM t ORDER BY a", as: Int.self)
            #expect(values == [0, 1])
        }
    }
}

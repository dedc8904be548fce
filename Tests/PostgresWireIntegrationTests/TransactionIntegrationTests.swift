import PostgresWire
import TestSupport
import Testing

@Suite struct TransactionIntegrationTests {
    struct Refusal: Error {}

    @Test func `a body that returns commits and one that throws rolls back`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.client
            try await client.execute("CREATE TABLE t (a int4)")
            try await client.withTransaction { _ = try await $0.execute("INSERT INTO t VALUES (1)") }
            await #expect(throws: Refusal.self) {
                try await client.withTransaction { connection in
                    try await connection.execute("INSERT INTO t VALUES (2)")
                    throw Refusal()
                }
            }
            let value1 = try await client.collect("SELECT a FROM t", as: Int.self)
            #expect(value1 == [1])
        }
    }

    @Test func `a nested transaction is a savepoint`() async throws {
        try await withOneConnection { connection in
            try await connection.execute("CREATE TEMP TABLE t (a int4)")
            try await connection.withTransaction { outer in
                try await outer.execute("INSERT INTO t VALUES (1)")
                let error = await errorOf {
                    try await outer.withTransaction { inner in
                        try await inner.execute("INSERT INTO t VALUES (2)")
                        try await inner.execute("SELECT 1/0")
                    }
                }
                #expect(error?.sqlState == "22012")
                try await outer.withTransaction { _ = try await $0.execute("INSERT INTO t VALUES (3)") }
            }
            let value2 = try await connection.collect("SELECT a FROM t ORDER BY a", as: Int.self)
            #expect(value2 == [1, 3])
        }
    }

    @Test func `a commit that the server turned into a rollback is an error`() async throws {
        try await withOneConnection { connection in
            let error = await errorOf {
                try await connection.withTransaction { inner in
                    _ = await errorOf { try await inner.execute("SELECT 1/0") }
                }
            }
            #expect(error?.code == .transactionRolledBack)
            #expect(error?.effect == .rolledBack)
            #expect(connection.transactionStatus == .idle)
        }
    }

    @Test func `the options reach the server`() async throws {
        try await withOneConnection { connection in
            let seen = try await connection.withTransaction(
                isolation: .serializable, access: .readOnly, deferrable: true
            ) { inner in
                try await inner.one(
                    """
                    SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only'),
                        current_setting('transaction_deferrable')
                    """, as: (String, String, String).self)
            }
            #expect(seen == ("serializable", "on", "on"))
        }
    }

    @Test func `a cancelled task rolls back`() async throws {
        try await TestServer.withDatabase { database in
            try await database.client.execute("CREATE TABLE t (a int4)")
            let client = database.client
            let task = Task {
                try await client.withTransaction { connection in
                    try await connection.execute("INSERT INTO t VALUES (1)")
                    try await connection.execute("SELECT pg_sleep(30)")
                }
            }
            try await Task.sleep(for: .milliseconds(300))
            task.cancel()
            await #expect(throws: (any Error).self) { try await task.value }
            let value3 = try await client.one("SELECT count(*) FROM t", as: Int.self)
            #expect(value3 == 0)
            #expect(client.statistics.broken == 0)
        }
    }
}

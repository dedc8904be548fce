import Locking
import Testing

@testable import PostgresWire

/// Running a transaction again after a conflict.
@Suite struct TransactionRetryTests {
    private static let quick = TransactionRetry(attempts: 3, baseDelay: .zero)

    @Test func `pauses double up to the greatest and are cut by chance`() {
        let retry = TransactionRetry(
            attempts: 9, baseDelay: .milliseconds(10), maximumDelay: .milliseconds(65))
        let longest = (1...5).map { retry.pause(after: $0, random: 1) }
        #expect(
            longest == [
                .milliseconds(10), .milliseconds(20), .milliseconds(40), .milliseconds(65), .milliseconds(65),
            ])
        #expect(retry.pause(after: 2, random: 0.5) == .milliseconds(10))
        #expect(retry.pause(after: 2, random: 0) == .zero)
        #expect(retry.pause(after: 9_999_999, random: 1) == .milliseconds(65))
        #expect(TransactionRetry(attempts: -4).attempts == 1)
        #expect(TransactionRetry.never.attempts == 1)
        #expect(TransactionRetry.standard.attempts == 5)
    }

    @Test func `a conflict at COMMIT runs the body again`() async throws {
        let server = try SimpleServer { sql, before in
            sql == "COMMIT" && before < 2
                ? .send(SimpleServer.failed("40001", "I")) : SimpleServer.success(sql)
        }
        let calls = Lock(0)
        try await server.withConnection { connection in
            try await connection.withTransaction(isolation: .serializable, retry: Self.quick) { connection in
                calls.withLock { $0 += 1 }
                try await connection.execute("work")
            }
        }
        #expect(calls.withLock { $0 } == 3)
        let round = ["BEGIN ISOLATION LEVEL SERIALIZABLE", "work", "COMMIT"]
        #expect(server.statements == round + round + round)
    }

    @Test(arguments: ["40001", "40P01"])
    func `a conflict in a statement rolls back and runs the body again`(state: String) async throws {
        let server = try SimpleServer { sql, before in
            sql == "work" && before == 0 ? .send(SimpleServer.failed(state, "E")) : SimpleServer.success(sql)
        }
        try await server.withConnection { connection in
            try await connection.withTransaction(retry: Self.quick) { connection in
                _ = try await connection.execute("work")
            }
        }
        #expect(server.statements == ["BEGIN", "work", "ROLLBACK", "BEGIN", "work", "COMMIT"])
    }

    @Test func `the last conflict is thrown when the attempts are used up`() async throws {
        let server = try SimpleServer { sql, _ in
            sql == "COMMIT" ? .send(SimpleServer.failed("40001", "I")) : SimpleServer.success(sql)
        }
        try await server.withConnection { connection in
            let error = await errorOf {
                try await connection.withTransaction(retry: Self.quick) { _ in }
            }
            #expect(error?.sqlState == "40001")
            #expect(error?.effect == .rolledBack)
            #expect(connection.transactionStatus == .idle)
        }
        #expect(server.statements == ["BEGIN", "COMMIT", "BEGIN", "COMMIT", "BEGIN", "COMMIT"])
    }

    @Test func `nothing is run again unless it was asked for`() async throws {
        let server = try SimpleServer { sql, _ in
            sql == "COMMIT" ? .send(SimpleServer.failed("40001", "I")) : SimpleServer.success(sql)
        }
        try await server.withConnection { connection in
            let error = await errorOf { try await connection.withTransaction { _ in } }
            #expect(error?.sqlState == "40001")
        }
        #expect(server.statements == ["BEGIN", "COMMIT"])
    }

    @Test func `no other error is a reason to run it again`() async throws {
        let server = try SimpleServer { sql, _ in
            sql == "work" ? .send(SimpleServer.failed("23505", "E")) : SimpleServer.success(sql)
        }
        try await server.withConnection { connection in
            let error = await errorOf {
                try await connection.withTransaction(retry: Self.quick) { connection in
                    _ = try await connection.execute("work")
                }
            }
            #expect(error?.sqlState == "23505")
        }
        #expect(server.statements == ["BEGIN", "work", "ROLLBACK"])
    }

    @Test func `a lost answer to COMMIT has an unknown effect and is never run again`() async throws {
        let server = try SimpleServer { sql, _ in sql == "COMMIT" ? .hangUp : SimpleServer.success(sql) }
        try await server.withConnection { connection in
            let error = await errorOf {
                try await connection.withTransaction(retry: Self.quick) { _ in }
            }
            #expect(error?.code == .connectionFailed)
            #expect(error?.effect == .unknown)
        }
        #expect(server.statements == ["BEGIN", "COMMIT"])
        #expect(server.connectionCount == 1)
    }

    @Test func `the server's own doubt about COMMIT has an unknown effect and is never run again`()
        async throws
    {
        let server = try SimpleServer { sql, _ in
            sql == "COMMIT" ? .send(SimpleServer.failed("40003", "I")) : SimpleServer.success(sql)
        }
        try await server.withConnection { connection in
            let error = await errorOf {
                try await connection.withTransaction(retry: Self.quick) { _ in }
            }
            #expect(error?.sqlState == "40003")
            #expect(error?.effect == .unknown)
        }
        #expect(server.statements == ["BEGIN", "COMMIT"])
    }

    @Test func `a savepoint is not run again alone, the whole transaction is`() async throws {
        let server = try SimpleServer { sql, before in
            sql == "work" && before == 0
                ? .send(SimpleServer.failed("40001", "E")) : SimpleServer.success(sql)
        }
        try await server.withConnection { connection in
            try await connection.withTransaction(retry: Self.quick) { outer in
                try await outer.withTransaction(retry: Self.quick) { inner in
                    _ = try await inner.execute("work")
                }
            }
        }
        let savepoint = "SAVEPOINT \"o_1\""
        #expect(
            server.statements == [
                "BEGIN", savepoint, "work", "ROLLBACK TO SAVEPOINT \"o_1\"\n;RELEASE SAVEPOINT \"o_1\"",
                "BEGIN", savepoint, "work", "RELEASE SAVEPOINT \"o_1\"", "COMMIT",
            ])
    }

    @Test func `an inner transaction cannot have what the outer one was not begun with`() async throws {
        let server = try SimpleServer { sql, _ in SimpleServer.success(sql) }
        try await server.withConnection { connection in
            let error = await errorOf {
                try await connection.withTransaction(isolation: .repeatableRead) { outer in
                    try await outer.withTransaction(isolation: .repeatableRead) { _ in }
                    try await outer.withTransaction(isolation: .serializable) { _ in }
                }
            }
            #expect(error?.code == .invalidUse)
            #expect(error?.effect == PostgresError.Effect.none)
        }
        #expect(
            server.statements == [
                "BEGIN ISOLATION LEVEL REPEATABLE READ", "SAVEPOINT \"o_1\"", "RELEASE SAVEPOINT \"o_1\"",
                "ROLLBACK",
            ])
    }
}

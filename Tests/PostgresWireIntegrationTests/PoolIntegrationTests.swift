import PostgresWire
import TestSupport
import Testing

@Suite struct PoolIntegrationTests {
    @Test func `two hundred tasks share four connections`() async throws {
        try await withPool(pool { $0.maximumConnections = 4 }) { client in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<200 {
                    group.addTask {
                        var sum = 0
                        for _ in 0..<10 {
                            sum += try await client.withConnection {
                                try await $0.one("SELECT \(index)", as: Int.self)
                            }
                        }
                        return sum
                    }
                }
                let total = try await group.reduce(0, +)
                #expect(total == 199_000)
            }
            #expect(client.statistics.opened <= 4)
            #expect(client.statistics.lent == 0)
        }
    }

    @Test func `a caller waits no longer than its deadline`() async throws {
        try await withPool(
            pool {
                $0.maximumConnections = 1
                $0.acquireTimeout = .seconds(2)
            }
        ) { client in
            let error = try await client.withConnection { _ in
                await Task.detached { await errorOf { _ = try await client.execute("SELECT 1") } }.value
            }
            #expect(error?.code == .timedOut)
            #expect(client.statistics.timedOut == 1)
            let value1 = try await client.one("SELECT 1", as: Int.self)
            #expect(value1 == 1)
        }
    }

    @Test func `a task that would wait for itself is told so`() async throws {
        try await withPool(pool { $0.maximumConnections = 1 }) { client in
            let error = try await client.withConnection { _ in
                await errorOf { _ = try await client.execute("SELECT 1") }
            }
            #expect(error?.code == .invalidUse)
            #expect(error?.reason.contains("PoolIntegrationTests.swift") == true)
        }
    }

    @Test func `a wrong password is an error at once and does not show the password`() async throws {
        try await withPool(pool { $0.server.password = "canary-wrong" }) { client in
            let error = await errorOf { try await client.execute("SELECT 1") }
            #expect(error?.code == .connectionRefused)
            #expect(error?.sqlState == "28P01")
            #expect(error.map { "\($0)\(String(reflecting: $0))" }?.contains("canary") == false)
        }
    }

    @Test func `a port where nobody listens is named with the last reason`() async throws {
        try await withPool(
            pool {
                $0.server.port = 1
                $0.acquireTimeout = .seconds(2)
            }
        ) { client in
            let error = await errorOf { try await client.execute("SELECT 1") }
            #expect(error?.code == .timedOut)
            #expect(error?.reason.contains("cannot be reached") == true)
        }
    }

    @Test func `a connection the server has ended is replaced`() async throws {
        try await withPool(pool { $0.maximumConnections = 1 }) { client in
            let process = try await client.one("SELECT pg_backend_pid()", as: Int.self)
            try await withOneConnection { other in
                _ = try await other.one("SELECT pg_terminate_backend(\(Int32(process)))", as: Bool.self)
            }
            try await Task.sleep(for: .milliseconds(700))
            let next = try await client.one("SELECT pg_backend_pid()", as: Int.self)
            #expect(next != process)
            #expect(client.statistics.broken == 1)
        }
    }

    @Test func `an open transaction does not reach the next borrower`() async throws {
        try await withPool(pool { $0.maximumConnections = 1 }) { client in
            try await client.withConnection { _ = try await $0.execute("BEGIN") }
            let status = try await client.withConnection { $0.transactionStatus }
            #expect(status == .idle)
            #expect(client.statistics.untidyReturns == 1)
        }
    }

    @Test func `session state does not reach the next borrower`() async throws {
        try await withPool(pool { $0.maximumConnections = 1 }) { client in
            let before = try await client.one("SELECT current_setting('work_mem')", as: String.self)
            try await client.withConnection { connection in
                try await connection.execute("SET work_mem = '77MB'")
                try await connection.execute("CREATE TEMP TABLE mine (a int4)")
                try await connection.execute("LISTEN mine")
            }
            let (after, tables, channels) = try await client.one(
                """
                SELECT current_setting('work_mem'), (SELECT count(*) FROM pg_class WHERE relname = 'mine'),
                    (SELECT count(*) FROM pg_listening_channels())
                """, as: (String, Int, Int).self)
            #expect(after == before)
            #expect(tables == 0)
            #expect(channels == 0)
            #expect(client.statistics.resets == 1)
        }
    }
}

import PostgresWire
import TestSupport
import Testing

/// Schema changes while statements that were prepared before them go on.
@Suite(.serialized) struct MigrationUnderLoadIntegrationTests {
    /// Every way of running a statement, over and over, while columns come and go, types change and indexes are made
    /// anew.
    @Test(.timeLimit(.minutes(5)))
    func `a schema changes under load and nobody sees an error`() async throws {
        try await TestServer.withDatabase(maximumConnections: 6) { database in
            try await LoadedTable.make(database.client)
            let isOver = Shared(false)
            let changes = LoadedTable.changes(times: StressSize.pick(3, full: 60))
            let counts = try await withThrowingTaskGroup(of: [String: Int].self) { group in
                for use in LoadedTable.Use.allCases {
                    for _ in 0..<2 {
                        group.addTask {
                            try await LoadedTable.run(use, on: database.client) { isOver.value }
                        }
                    }
                }
                let migrator = database.anotherClient()
                do {
                    for change in changes {
                        _ = try await migrator.script(change)
                        try await Task.sleep(for: .milliseconds(15))
                    }
                } catch {
                    isOver.set(true)
                    await migrator.shutdown()
                    throw error
                }
                isOver.set(true)
                await migrator.shutdown()
                return try await group.reduce(into: [String: Int]()) { $0.merge($1) { $0 + $1 } }
            }
            for use in LoadedTable.Use.allCases {
                #expect(counts[use.rawValue, default: 0] > changes.count / 4)
            }
            #expect(database.client.statistics.broken == 0)
            let texts = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            StressSize.report(
                "migration under load",
                "\(changes.count) changes, calls without an error: \(texts.joined(separator: ", "))")
        }
    }

    @Test func `inside a transaction a changed type is an error that says so, and the next attempt works`()
        async throws
    {
        try await TestServer.withDatabase(maximumConnections: 1) { database in
            let client = database.client
            _ = try await client.script("CREATE TABLE t (a int4); INSERT INTO t VALUES (1)")
            _ = try await client.collect("SELECT * FROM t")
            _ = try await client.script("ALTER TABLE t ADD COLUMN b text")
            let error = await errorOf {
                try await client.withTransaction { connection in
                    try await connection.execute("INSERT INTO t VALUES (2, 'x')")
                    _ = try await connection.collect("SELECT * FROM t")
                }
            }
            #expect(error?.sqlState == "0A000")
            #expect(error?.effect == .rolledBack)
            let width = try await client.withTransaction { connection in
                try await connection.collect("SELECT * FROM t").columns.count
            }
            #expect(width == 2)
            let rows = try await client.one("SELECT count(*) FROM t", as: Int.self)
            #expect(rows == 1)
        }
    }

    @Test func `a batch that commits in its middle is not run twice`() async throws {
        try await TestServer.withDatabase(maximumConnections: 1) { database in
            let client = database.client
            _ = try await client.script("CREATE TABLE t (a int4); CREATE TABLE log (a int4)")
            _ = try await client.collect("SELECT * FROM t")
            _ = try await client.script("ALTER TABLE t ADD COLUMN b text")
            let error = await errorOf {
                _ = try await client.batch([
                    "BEGIN", "INSERT INTO log VALUES (1)", "COMMIT", "SELECT * FROM t",
                ])
            }
            #expect(error?.sqlState == "0A000")
            let logged = try await client.one("SELECT count(*) FROM log", as: Int.self)
            #expect(logged == 1)
        }
    }
}

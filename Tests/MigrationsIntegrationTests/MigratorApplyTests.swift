import PostgresMigrator
import PostgresWire
import TestSupport
import Testing

@Suite struct MigratorApplyTests {
    private static let first = Migration(
        version: 1, name: "first", sql: "CREATE TABLE a (id int); INSERT INTO a VALUES (1);")
    private static let second = Migration(version: 2, name: "second", sql: "ALTER TABLE a ADD b text")

    @Test func `apply twice is a no-op`() async throws {
        try await TestServer.withDatabase { database in
            let migrator = try Migrator(database.client, migrations: [Self.second, Self.first])
            #expect(try await migrator.plan().pending.count == 2)
            #expect(try await migrator.apply().applied == [1, 2])
            #expect(try await migrator.apply().isNoOp)
            #expect(try await database.ledger("public", "schema_migrations") == ["1 applied", "2 applied"])
            try await migrator.requireCurrent()
        }
    }

    @Test(arguments: 0..<4)
    func `a failure at any statement leaves nothing of its migration, and apply goes on from there`(
        position: Int
    ) async throws {
        try await TestServer.withDatabase { database in
            var statements = [
                "CREATE TABLE c (id int)", "CREATE INDEX c_id ON c (id)", "INSERT INTO c VALUES (1)",
            ]
            let good = Migration(version: 2, name: "second", sql: statements.joined(separator: ";"))
            statements.insert("SELECT 1 / 0", at: position)
            let bad = Migration(version: 2, name: "second", sql: statements.joined(separator: ";"))
            let failing = try Migrator(database.client, migrations: [Self.first, bad])
            let error = await #expect(throws: MigrationError.self) { try await failing.apply() }
            guard case .failed(2, "second", let cause)? = error else {
                Issue.record("not the error for a failed migration: \(String(describing: error))")
                return
            }
            #expect(cause.sqlState == "22012")
            #expect(try await database.ledger("public", "schema_migrations") == ["1 applied"])
            #expect(try await database.tableCount() == 2)
            let resumed = try Migrator(database.client, migrations: [Self.first, good])
            #expect(try await resumed.apply().applied == [2])
            #expect(try await database.client.one("SELECT count(*)::int FROM c", as: Int.self) == 1)
        }
    }

    @Test(arguments: 0..<4)
    func `a backend killed at any statement leaves whole migrations only`(position: Int) async throws {
        try await TestServer.withDatabase { database in
            var statements = [
                "CREATE TABLE c (id int)", "CREATE INDEX c_id ON c (id)", "INSERT INTO c VALUES (1)",
            ]
            let good = Migration(version: 2, name: "second", sql: statements.joined(separator: ";"))
            statements.insert("SELECT pg_terminate_backend(pg_backend_pid())", at: position)
            let killing = Migration(version: 2, name: "second", sql: statements.joined(separator: ";"))
            let doomed = try Migrator(database.client, migrations: [Self.first, killing])
            await #expect(throws: MigrationError.self) { try await doomed.apply() }
            #expect(try await database.ledger("public", "schema_migrations") == ["1 applied"])
            let resumed = try Migrator(database.client, migrations: [Self.first, good])
            #expect(try await resumed.apply().applied == [2])
            #expect(try await database.client.one("SELECT count(*)::int FROM c", as: Int.self) == 1)
        }
    }

    @Test func `eight starters at once have one winner a step`() async throws {
        try await TestServer.withDatabase { database in
            let steps = (1...6).map { number in
                Migration(
                    version: number, name: "step\(number)",
                    sql: "CREATE TABLE t\(number) (id int); INSERT INTO t\(number) VALUES (\(number))")
            }
            let client = database.client
            let reports = try await withThrowingTaskGroup(of: MigrationReport.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await Migrator(client, migrations: steps).apply() }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(reports.count == 8)
            #expect(reports.flatMap(\.applied).sorted() == [1, 2, 3, 4, 5, 6])
            #expect(try await database.tableCount() == 7)
        }
    }

    @Test func `a busy lock is an error after the wait`() async throws {
        try await TestServer.withDatabase { database in
            var options = MigratorOptions(lockKey: 77, lockTimeout: .milliseconds(50))
            let migrator = try Migrator(database.client, migrations: [Self.first], options: options)
            let error = try await database.client.withTransaction { connection in
                try await connection.execute("SELECT pg_advisory_xact_lock(77)")
                return await #expect(throws: MigrationError.self) { try await migrator.apply() }
            }
            guard case .lockBusy? = error else {
                Issue.record("not the error for a busy lock: \(String(describing: error))")
                return
            }
            options.lockTimeout = .seconds(5)
            #expect(try await migrator.apply().applied == [1])
        }
    }

    @Test func `one that is not transactional may build an index concurrently`() async throws {
        try await TestServer.withDatabase { database in
            let index = Migration(
                version: 2, name: "index", sql: "CREATE INDEX CONCURRENTLY IF NOT EXISTS a_id ON a (id)",
                isTransactional: false)
            let migrator = try Migrator(
                database.client, migrations: [Self.first, index],
                options: MigratorOptions(schema: "Other place"))
            #expect(try await migrator.apply().applied == [1, 2])
            #expect(
                try await database.catalog(of: "Other place").contains {
                    $0.kind == "index" && $0.object == "a.a_id" && !$0.definition.hasSuffix("INVALID")
                })
        }
    }

    @Test func `a missing extension is named before anything is done`() async throws {
        try await TestServer.withDatabase { database in
            let needy = Migration(
                version: 2, name: "needy", sql: "CREATE EXTENSION no_such_thing",
                requiredExtension: "no_such_thing")
            let migrator = try Migrator(database.client, migrations: [Self.first, needy])
            let error = await #expect(throws: MigrationError.self) { try await migrator.apply() }
            guard case .extensionMissing("no_such_thing")? = error else {
                Issue.record("not the error for a missing extension: \(String(describing: error))")
                return
            }
            #expect(try await database.tableCount() == 0)
        }
    }

    @Test func `a step that may be refused is recorded and tried again`() async throws {
        try await TestServer.withDatabase { database in
            let guarded = Migration(
                version: 2, name: "guarded",
                sql: """
                    CREATE TABLE half (id int);
                    DO $$ BEGIN
                        IF current_setting('app.allowed', true) IS DISTINCT FROM 'yes' THEN
                            RAISE 'no' USING ERRCODE = '42501';
                        END IF;
                    END $$
                    """, kind: .repeating, mayBeRefused: true)
            let migrator = try Migrator(database.client, migrations: [Self.first, guarded])
            let report = try await migrator.apply()
            #expect(report.applied == [1])
            #expect(report.refused.keys.sorted() == [2])
            #expect(try await database.ledger("public", "schema_migrations") == ["1 applied", "2 refused"])
            #expect(try await database.tableCount() == 2)
            try await migrator.requireCurrent()
            try await database.client.execute(
                "ALTER ROLE CURRENT_USER IN DATABASE \(identifier: database.name) SET app.allowed = 'yes'")
            let fresh = database.anotherClient()
            let again = try Migrator(fresh, migrations: [Self.first, guarded])
            #expect(try await again.apply().applied == [2])
            #expect(try await again.apply().isNoOp)
            await fresh.shutdown()
        }
    }
}

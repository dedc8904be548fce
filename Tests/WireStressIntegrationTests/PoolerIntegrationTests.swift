import PostgresWire
import TestSupport
import Testing

/// pgbouncer between client and server, in its three modes.
@Suite(.serialized) struct PoolerIntegrationTests {
    private static let rounds = StressSize.pick(60, full: 360)

    /// Runs the same few statements from six clients over three server connections; returns the errors.
    private func work(_ pooler: PgBouncer, _ mode: StatementMode, clients: Int = 6) async -> [String] {
        await withTaskGroup(of: [String].self) { group in
            for number in 0..<clients {
                group.addTask {
                    do {
                        return try await withOneConnection(
                            to: pooler.configuration, server { $0.statementMode = mode }
                        ) {
                            await self.work(on: $0, number)
                        }
                    } catch { return ["\(error)"] }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func work(on connection: PostgresConnection, _ number: Int) async -> [String] {
        var errors: [String] = []
        for round in 0..<Self.rounds / 6 {
            do {
                let (first, second) = try await connection.one(
                    "SELECT \(number)::int4, \("\(round)") || 'x'", as: (Int, String).self)
                if first != number || second != "\(round)x" { errors.append("a wrong answer") }
                let rows = try await connection.batch(["SELECT \(number)", "SELECT \(round) + 1"])
                if try rows[1][0].decode(Int.self, at: 0) != round + 1 { errors.append("a wrong batch") }
                for result in try await connection.pipeline(["SELECT \(round)", "SELECT \("y")"]) {
                    _ = try result.get()
                }
                var streamed = 0
                for try await row in try await connection.query("SELECT generate_series(1, \(round))") {
                    streamed += try row.decode(Int.self, at: 0)
                }
                if streamed != round * (round + 1) / 2 { errors.append("a wrong stream") }
            } catch { errors.append("\(error)") }
        }
        return errors
    }

    private func target() async throws -> PostgresConfiguration {
        try PostgresConfiguration(url: try await TestServer.url())
    }

    @Test(.timeLimit(.minutes(2)), arguments: PgBouncer.Mode.allCases)
    func `unnamed statements work in every mode`(mode: PgBouncer.Mode) async throws {
        try await PgBouncer.with(mode, poolSize: 3, before: try await target()) { pooler in
            let clients = mode == .session ? 3 : 6
            let errors = await work(pooler, .unnamed, clients: clients)
            #expect(errors == [])
            StressSize.report(
                "pgbouncer \(mode.rawValue), unnamed", "\(errors.count) errors, \(clients) clients")
        }
    }

    /// A statement that the next server connection lacks, or has from another client, is prepared again.
    @Test(.timeLimit(.minutes(2)), arguments: PgBouncer.Mode.allCases)
    func `named statements heal outside of transactions in every mode`(mode: PgBouncer.Mode) async throws {
        try await PgBouncer.with(mode, poolSize: 3, before: try await target()) { pooler in
            let clients = mode == .session ? 3 : 6
            let errors = await work(pooler, .named, clients: clients)
            #expect(errors == [])
            StressSize.report(
                "pgbouncer \(mode.rawValue), named", "\(errors.count) errors, \(clients) clients")
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `in transaction mode a named statement can fail inside a transaction, which is rolled back`()
        async throws
    {
        try await PgBouncer.with(.transaction, poolSize: 2, before: try await target()) { pooler in
            try await withOneConnection(to: pooler.configuration) { first in
                try await withOneConnection(to: pooler.configuration) { second in
                    let process: PostgresQuery = "SELECT pg_backend_pid()"
                    let home = try await first.one(process, as: Int.self)
                    // While the second client holds that server connection the first one gets the other.
                    try await second.execute("BEGIN")
                    let held = try await second.one("SELECT pg_backend_pid() AS held", as: Int.self)
                    let error = await errorOf {
                        try await first.withTransaction { connection in
                            let other = try await connection.one("SELECT pg_backend_pid() AS a", as: Int.self)
                            guard other != home else { return }
                            _ = try await connection.one(process, as: Int.self)
                        }
                    }
                    try await second.execute("ROLLBACK")
                    if held == home {
                        #expect(error?.sqlState == "26000")
                        #expect(error?.effect == .rolledBack)
                    }
                    // The next attempt prepares it again.
                    let after = try await first.withTransaction { try await $0.one(process, as: Int.self) }
                    #expect(after > 0)
                    #expect(held == home)
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `unnamed statements, transactions, COPY and cancels work in transaction mode`() async throws {
        try await TestServer.withDatabase { database in
            try await database.client.execute("CREATE TABLE t (a int8)")
            try await PgBouncer.with(.transaction, poolSize: 3, before: database.configuration) { pooler in
                try await withPool(
                    to: pooler.configuration,
                    pool {
                        $0.maximumConnections = 6
                        $0.server.statementMode = .unnamed
                    }
                ) { client in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for number in 0..<12 {
                            group.addTask {
                                try await client.withTransaction { connection in
                                    try await connection.execute("INSERT INTO t VALUES (\(number))")
                                    let count = try await connection.one(
                                        "SELECT count(*) FROM t WHERE a = \(number)", as: Int.self)
                                    #expect(count == 1)
                                }
                                try await client.withConnection { connection in
                                    _ = try await connection.copyIn(into: "t", columns: ["a"]) { writer in
                                        for row in 100..<200 { try await writer.write(Int64(row)) }
                                    }
                                }
                            }
                        }
                        try await group.waitForAll()
                    }
                    let rows = try await client.one("SELECT count(*) FROM t", as: Int.self)
                    #expect(rows == 1_212)
                    let sleeping = Task { try await client.execute("SELECT pg_sleep(30)") }
                    try await Task.sleep(for: .milliseconds(100))
                    let start = ContinuousClock.now
                    sleeping.cancel()
                    let error = await errorOf { _ = try await sleeping.value }
                    #expect(error?.code == .cancelled)
                    #expect(start.duration(to: .now) < .seconds(4))
                    let answer = try await client.one("SELECT 7", as: Int.self)
                    #expect(answer == 7)
                    #expect(client.statistics.broken == 0)
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `a transaction in statement mode is refused by the pooler with its own words`() async throws {
        try await PgBouncer.with(.statement, poolSize: 2, before: try await target()) { pooler in
            try await withPool(to: pooler.configuration, pool { $0.server.statementMode = .unnamed }) {
                client in
                let error = await errorOf {
                    try await client.withTransaction { _ = try await $0.one("SELECT 1", as: Int.self) }
                }
                #expect(error != nil)
                #expect(error?.description.contains("statement pooling") == true)
                let answer = try await client.one("SELECT 7", as: Int.self)
                #expect(answer == 7)
            }
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `notifications behind a pooler come by way of the server itself`() async throws {
        try await TestServer.withDatabase { database in
            try await PgBouncer.with(.transaction, poolSize: 3, before: database.configuration) { pooler in
                try await withPool(
                    to: pooler.configuration,
                    pool {
                        $0.server.statementMode = .unnamed
                        $0.listenServer = database.configuration
                    }
                ) { client in
                    var events = client.notifications(on: "jobs").makeAsyncIterator()
                    #expect(await events.next() == .gap(.started))
                    try await client.notify("jobs", "seven")
                    guard case .notification(let notification) = await events.next() else {
                        Issue.record("no notification came")
                        return
                    }
                    #expect(notification.payload == "seven")
                }
            }
        }
    }

    /// In session mode the pooler takes a connection and lets it wait until another client has gone.
    @Test(.timeLimit(.minutes(2)))
    func `a client that gets no slot of a pooler in session mode is told so by its deadline`() async throws {
        try await PgBouncer.with(.session, poolSize: 1, before: try await target()) { pooler in
            try await withOneConnection(to: pooler.configuration) { holder in
                _ = try await holder.one("SELECT 1", as: Int.self)
                let start = ContinuousClock.now
                let alone = await errorOf {
                    try await withOneConnection(
                        to: pooler.configuration,
                        server {
                            $0.connectTimeout = .milliseconds(400)
                            $0.queryTimeout = .milliseconds(400)
                        }
                    ) { _ = try await $0.one("SELECT 1", as: Int.self) }
                }
                #expect(alone?.code == .timedOut)
                #expect(start.duration(to: .now) < .seconds(3))
                try await withPool(
                    to: pooler.configuration,
                    pool {
                        $0.server.connectTimeout = .milliseconds(400)
                        $0.server.queryTimeout = .milliseconds(400)
                        $0.acquireTimeout = .milliseconds(900)
                    }
                ) { client in
                    let error = await errorOf { _ = try await client.one("SELECT 1", as: Int.self) }
                    #expect(error?.code == .timedOut)
                }
                holder.close()
                try await withPool(to: pooler.configuration) { client in
                    let answer = try await client.one("SELECT 7", as: Int.self)
                    #expect(answer == 7)
                }
            }
        }
    }
}

import PostgresWire
import TestSupport
import Testing

/// Row S7: what a borrower does to a session never reaches the next one.
@Suite struct SessionLeakIntegrationTests {
    private static let rounds = StressSize.pick(2, full: 100)

    @Test(.timeLimit(.minutes(30)), arguments: SessionDirt.allCases)
    func `with a reset after every loan the next borrower finds a new session`(
        dirt: SessionDirt
    ) async throws {
        try await check(dirt, reset: .always)
    }

    @Test(.timeLimit(.minutes(30)), arguments: SessionDirt.detected)
    func `what a statement shows to change a session is reset without being asked for`(
        dirt: SessionDirt
    ) async throws {
        try await check(dirt, reset: .automatic)
    }

    @Test func `a pool that never resets is told apart from one that does`() async throws {
        let found = try await withPool(
            pool {
                $0.maximumConnections = 1
                $0.reset = .never
            }
        ) { client in
            try await client.withConnection { try await SessionDirt.setting.make(on: $0, round: 1) }
            return try await client.withConnection { try await SessionInspection.of($0) }
        }
        #expect(found.workMemory == "77MB")
    }

    @Test func `only the changes of a loan cost a reset`() async throws {
        try await withPool(pool { $0.maximumConnections = 1 }) { client in
            try await client.withConnection { connection in
                // The server reports this parameter to the client, both when it is set and when it is reset.
                _ = try await connection.execute("SET TimeZone = 'Asia/Tokyo'")
            }
            for _ in 0..<5 { _ = try await client.one("SELECT 1", as: Int.self) }
            #expect(client.statistics.resets == 1)
            let zone = try await client.one("SELECT current_setting('TimeZone')", as: String.self)
            #expect(zone != "Asia/Tokyo")
        }
    }

    @Test func `parameters of the connection itself outlive a reset`() async throws {
        try await withPool(
            pool {
                $0.maximumConnections = 1
                $0.reset = .always
                $0.server.runtimeParameters = ["work_mem": "5MB"]
            }
        ) { client in
            try await client.execute("SET work_mem = '77MB'")
            let setting = try await client.one("SELECT current_setting('work_mem')", as: String.self)
            #expect(setting == "5MB")
        }
    }

    private func check(
        _ dirt: SessionDirt, reset: PostgresClientConfiguration.Reset
    ) async throws {
        try await TestServer.withDatabase { database in
            try await SessionDirt.prepare(database.client)
            try await withPool(
                to: database.configuration,
                pool {
                    $0.maximumConnections = 1
                    $0.reset = reset
                }
            ) { client in
                let clean = try await client.withConnection { try await SessionInspection.of($0) }
                var found: [String] = []
                var first = clean.process
                for round in 1...Self.rounds {
                    for ending in LeaseEnding.allCases {
                        try await ending.end(on: client) { connection in
                            try await dirt.make(on: connection, round: round)
                        }
                        let next = try await client.withConnection { try await SessionInspection.of($0) }
                        if next.process != first {
                            found.append("\(ending): the session was given up")
                            first = next.process
                        }
                        found += next.differences(from: clean).map { "\(ending): \($0)" }
                    }
                }
                #expect(found == [])
                #expect(client.statistics.lent == 0)
            }
            // Whatever the loan held is free for others.
            let free = try await database.client.one("SELECT pg_try_advisory_lock(815)", as: Bool.self)
            #expect(free)
        }
        if StressSize.isFull {
            StressSize.report("S7 \(dirt), reset \(reset)", "\(Self.rounds) times, three endings, clean")
        }
    }
}

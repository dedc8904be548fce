import PostgresWire
import TestSupport
import Testing

/// Row R12: cancels while a call waits for a slot, in a transaction, in a COPY and in a stream of rows.
@Suite(.serialized) struct CancelPlacesIntegrationTests {
    private static let count = StressSize.pick(24, full: 1_000)

    @Test(.timeLimit(.minutes(10)))
    func `a caller cancelled while it waits for a slot leaves the line at once`() async throws {
        try await withPool(pool { $0.maximumConnections = 1 }) { client in
            try await client.withConnection { _ in
                var times = Times()
                for index in 0..<Self.count {
                    let waiter = Task.detached { try await client.one("SELECT \(index)", as: Int.self) }
                    #expect(await holds { client.statistics.waiting == 1 })
                    let start = ContinuousClock.now
                    waiter.cancel()
                    let error = await errorOf { _ = try await waiter.value }
                    times.add(start.duration(to: .now))
                    #expect(error?.code == .cancelled)
                    #expect(error?.effect == PostgresError.Effect.none)
                    #expect(client.statistics.waiting == 0)
                }
                check(times, "while waiting for a slot")
            }
            #expect(client.statistics.cancelled == Self.count)
            #expect(client.statistics.connections == 1)
            let answer = try await client.one("SELECT 7", as: Int.self)
            #expect(answer == 7)
        }
    }

    @Test(.timeLimit(.minutes(10)), arguments: [PostgresClientConfiguration.Reset.automatic, .always])
    func `a cancelled transaction is rolled back and its slot is back`(
        reset: PostgresClientConfiguration.Reset
    ) async throws {
        try await TestServer.withDatabase { database in
            try await database.client.execute("CREATE TABLE t (a int4)")
            try await withPool(to: database.configuration, onePlace(reset)) { client in
                let place = CancelledPlace(name: "in a transaction", moments: 8_000)
                let report = try await place.cancel(Self.count, on: client) { client, index in
                    try await client.withTransaction { connection in
                        try await connection.execute("INSERT INTO t VALUES (\(Int32(index)))")
                        _ = try await connection.one("SELECT pg_sleep(30)::text", as: String.self)
                    }
                }
                check(report, "\(reset)")
                let rows = try await client.one("SELECT count(*) FROM t", as: Int.self)
                #expect(rows == 0)
            }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a cancelled COPY to the server leaves no row and its slot is back`() async throws {
        try await TestServer.withDatabase { database in
            try await database.client.execute("CREATE TABLE t (a int8, b text)")
            try await withPool(to: database.configuration, onePlace(.automatic)) { client in
                let place = CancelledPlace(name: "in COPY to the server", moments: 8_000)
                let text = String(repeating: "x", count: 200)
                let report = try await place.cancel(Self.count, on: client) { client, index in
                    try await client.withConnection { connection in
                        _ = try await connection.copyIn(into: "t", columns: ["a", "b"]) { writer in
                            for row in 0... {
                                try await writer.write(Int64(row), text)
                                if index % 2 == 0, row % 1_000 == 999 {
                                    try await Task.sleep(for: .milliseconds(1))
                                }
                            }
                        }
                    }
                }
                check(report)
                let rows = try await client.one("SELECT count(*) FROM t", as: Int.self)
                #expect(rows == 0)
            }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a cancelled COPY from the server stops and its slot is back`() async throws {
        try await withPool(onePlace(.automatic)) { client in
            let place = CancelledPlace(name: "in COPY from the server", moments: 8_000)
            let report = try await place.cancel(Self.count, on: client) { client, index in
                try await client.withConnection { connection in
                    let source: PostgresQuery =
                        "(SELECT repeat('x', 1000), generate_series(1, 20000000))"
                    var bytes = 0
                    for try await chunk in try await connection.copyOut(from: source) {
                        bytes += chunk.withUnsafeBytes { $0.count }
                        if index % 2 == 0 { try await Task.sleep(for: .milliseconds(1)) }
                    }
                    Issue.record("the COPY ended by itself after \(bytes) bytes")
                }
            }
            check(report)
        }
    }

    @Test(
        .timeLimit(.minutes(10)), arguments: StreamReader.allCases,
        [PostgresClientConfiguration.Reset.automatic, .always])
    func `a cancelled stream of rows stops and its slot is back`(
        reader: StreamReader, reset: PostgresClientConfiguration.Reset
    ) async throws {
        try await withPool(onePlace(reset)) { client in
            let place = CancelledPlace(name: "in a stream, \(reader)", moments: 8_000)
            let report = try await place.cancel(Self.count / StressSize.pick(3, full: 4), on: client) {
                client, _ in
                try await client.withConnection { try await reader.read(from: $0) }
            }
            check(report, "\(reset)")
        }
    }

    private func onePlace(
        _ reset: PostgresClientConfiguration.Reset
    ) -> (inout PostgresClientConfiguration) -> Void {
        {
            $0.maximumConnections = 1
            $0.reset = reset
        }
    }

    private func check(_ report: CancelledPlace.Report, _ detail: String = "") {
        #expect(report.tally.foreign == 0)
        #expect(report.tally.others == [])
        #expect(report.tally.answered == 0)
        #expect(report.spoiled == [])
        #expect(report.lostSessions == 0)
        check(report.slotBack, detail.isEmpty ? report.name : "\(report.name), reset \(detail)")
    }

    /// At the small size the machine is busy with other tests, which hold up some calls, but not all.
    private func check(_ times: Times, _ name: String) {
        #expect(times.percentile(StressSize.pick(25, full: 99)) <= .milliseconds(100))
        #expect(times.longest <= .seconds(StressSize.pick(5, full: 2)))
        StressSize.report("R12 cancel \(name)", "the slot is back: \(times)")
    }
}

import PostgresWire
import TestSupport
import Testing

/// Servers that fall silent while somebody waits for an answer.
@Suite(.serialized) struct QuerySilenceIntegrationTests {
    /// Something that waits for the server.
    private struct Call: Sendable {
        let name: String
        let run: @Sendable (PostgresConnection) async throws -> Void
    }

    private static let calls: [Call] = [
        Call(name: "collect") {
            _ = try await $0.collect("SELECT x::int8 FROM generate_series(1, 9) x", as: Int.self)
        },
        Call(name: "stream") { connection in
            for try await _ in try await connection.query("SELECT x::int8 FROM generate_series(1, 9) x") {}
        },
        Call(name: "batch") {
            _ = try await $0.batch(["SELECT 1", "SELECT x FROM generate_series(1, 9) x"])
        },
        Call(name: "script") { _ = try await $0.script("SELECT 1; SELECT x FROM generate_series(1, 9) x") },
        Call(name: "pipeline") { connection in
            for result in try await connection.pipeline(["SELECT x FROM generate_series(1, 9) x", "SELECT 2"])
            {
                _ = try result.get()
            }
        },
        Call(name: "copy out") { connection in
            for try await _ in try await connection.copyOut(from: "(SELECT 1)") {}
        },
        Call(name: "copy in") { connection in
            _ = try await connection.copyIn(into: "pg_temp.t", columns: ["id"]) {
                try await $0.write(1 as Int64)
            }
        },
        Call(name: "transaction") { connection in
            try await connection.withTransaction {
                _ = try await $0.collect("SELECT x FROM generate_series(1, 9) x")
            }
        },
    ]

    private func configuration(_ url: String) throws -> PostgresConfiguration {
        var configuration = try PostgresConfiguration(url: url)
        configuration.queryTimeout = Silence.deadline
        return configuration
    }

    private func run(_ call: Call, through proxy: FaultProxy, isSilentBefore: Bool) async throws -> Outcome {
        let connection = try await PostgresConnection.connect(try configuration(proxy.url))
        defer { connection.close() }
        try await connection.execute("CREATE TEMP TABLE t (id int8)")
        if isSilentBefore { proxy.fallSilent() }
        let outcome = await Outcome.of {
            try await call.run(connection)
            return "an answer"
        }
        // What is silent must be let go: soon after the deadline at the latest, whoever waited for it.
        for _ in 0..<40 where !connection.isClosed { try await Task.sleep(for: .milliseconds(10)) }
        if !connection.isClosed { Issue.record("\(call.name): the connection is still open") }
        return outcome
    }

    /// Where the silence begins in the answer that follows the one to CREATE TABLE.
    private static let moments: [(String, FaultMoment?)] = [
        ("before the answer", nil), ("before its end", .before("ReadyForQuery", 3)),
        ("in its end", .inside("ReadyForQuery", 3)),
    ]

    @Test(.timeLimit(.minutes(3)))
    func `every call ends at its deadline wherever the silence begins`() async throws {
        let url = try await TestServer.url()
        let matrix = FaultMatrix("Silence while a statement runs, deadline 500 ms")
        let faults = Faults()
        for (phase, moment) in Self.moments {
            let silence = moment.map { [Fault.blackhole($0)] } ?? []
            try await withThrowingTaskGroup(of: Void.self) { group in
                for call in Self.calls {
                    group.addTask {
                        let fault = try await Silence.fault(
                            matrix, "\(call.name): \(phase)", effect: .unknown
                        ) {
                            try await FaultProxy.between(url, silence) { proxy in
                                try await run(call, through: proxy, isSilentBefore: moment == nil)
                            }
                        }
                        if let fault { faults.add(fault) }
                    }
                }
                try await group.waitForAll()
            }
        }
        try matrix.publish(as: "silence-query")
        #expect(faults.all == [])
        #expect(matrix.total == 24)
    }

    @Test(.timeLimit(.minutes(2)))
    func `silence in the middle of rows ends at the deadline`() async throws {
        let url = try await TestServer.url()
        let matrix = FaultMatrix("Silence in the middle of rows, deadline 500 ms")
        let faults = Faults()
        for call in Self.calls where call.name == "collect" || call.name == "stream" {
            let fault = try await Silence.fault(matrix, call.name, effect: .unknown) {
                try await FaultProxy.between(url, [.blackhole(.inside("DataRow", 3))]) { proxy in
                    try await run(call, through: proxy, isSilentBefore: false)
                }
            }
            if let fault { faults.add(fault) }
        }
        try matrix.publish(as: "silence-rows")
        #expect(faults.all == [])
    }

    @Test(.timeLimit(.minutes(2)))
    func `a backend that was stopped is given up at the deadline`() async throws {
        let url = try await TestServer.url()
        let matrix = FaultMatrix("Stopped backend, deadline 500 ms")
        let faults = Faults()
        for call in Self.calls where call.name != "copy in" {
            let fault = try await Silence.fault(matrix, call.name, effect: .unknown) {
                let connection = try await PostgresConnection.connect(try configuration(url))
                defer { connection.close() }
                let backend = StoppedProcess(try #require(connection.backendProcessID))
                return try await backend.whileStopped {
                    await Outcome.of {
                        try await call.run(connection)
                        return "an answer"
                    }
                }
            }
            if let fault { faults.add(fault) }
        }
        try matrix.publish(as: "silence-backend")
        #expect(faults.all == [])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a body that throws is not held up by a server that does not answer its ROLLBACK`() async throws {
        struct Stop: Error {}
        let url = try await TestServer.url()
        for timeout in [Silence.deadline, nil] {
            try await FaultProxy.between(url, []) { proxy in
                var configuration = try PostgresConfiguration(url: proxy.url)
                configuration.queryTimeout = timeout
                configuration.cancelGrace = timeout == nil ? Silence.deadline : .seconds(20)
                let connection = try await PostgresConnection.connect(configuration)
                let start = ContinuousClock.now
                await #expect(throws: Stop.self) {
                    try await connection.withTransaction { connection in
                        try await connection.execute("SELECT 1")
                        proxy.fallSilent()
                        throw Stop()
                    }
                }
                #expect(start.duration(to: .now) < .seconds(2))
                #expect(connection.isClosed)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a body that throws within a COPY is not held up either`() async throws {
        struct Stop: Error {}
        let url = try await TestServer.url()
        try await FaultProxy.between(url, []) { proxy in
            var configuration = try PostgresConfiguration(url: proxy.url)
            configuration.cancelGrace = Silence.deadline
            let connection = try await PostgresConnection.connect(configuration)
            try await connection.execute("CREATE TEMP TABLE t (id int8)")
            let start = ContinuousClock.now
            await #expect(throws: Stop.self) {
                try await connection.copyIn(into: "t", columns: ["id"]) { _ in
                    proxy.fallSilent()
                    throw Stop()
                }
            }
            #expect(start.duration(to: .now) < .seconds(2))
            #expect(connection.isClosed)
        }
    }
}

import PostgresWire
import TestSupport
import Testing

/// What observers are told of a conversation whose every byte is known.
@Suite struct ObserverTests {
    private func configuration(
        _ server: ScriptedServer, _ recorder: EventRecorder
    ) throws -> PostgresClientConfiguration {
        var configuration = try PostgresClientConfiguration(url: server.url)
        configuration.maximumConnections = 1
        configuration.observers = [recorder]
        return configuration
    }

    @Test(.timeLimit(.minutes(1)))
    func `the events of a conversation come in order`() async throws {
        let server = try ScriptedServer { session in
            try session.serve([
                ServerBytes.answer(["name"], rows: [["a"], ["b"]], tag: "SELECT 2"),
                ServerBytes.answer(["name"], rows: [["c"]], tag: "SELECT 1", isPrepared: true),
                ServerBytes.error("42P01", "relation \"x\" does not exist") + ServerBytes.ready(),
                ServerBytes.answer(tag: "BEGIN", status: "T"),
                ServerBytes.notice("00000", "hello") + ServerBytes.answer(tag: "UPDATE 3", status: "T"),
                ServerBytes.answer(tag: "COMMIT"),
            ])
        }
        defer { server.stop() }
        let recorder = EventRecorder()
        let client = PostgresClient(try configuration(server, recorder))
        for _ in 0..<2 { _ = try await client.collect("SELECT name FROM users WHERE id = \(7) AND a = 'b'") }
        let error = await #expect(throws: PostgresError.self) { try await client.execute("SELECT 1 FROM x") }
        #expect(error?.sqlState == "42P01")
        let tag = try await client.withTransaction { connection in
            try await connection.execute("UPDATE users SET a = 1")
        }
        #expect(tag.rows == 3)
        await client.shutdown()
        let select = "query… SELECT name FROM users WHERE id = $1 AND a = ?"
        #expect(
            recorder.lines == [
                "acquire…", "pool opening +1 waiting +1", "connect…", "connect",
                "pool used +1 opening -1 waiting -1", "acquire", select, "query SELECT 2", "returned: tidy",
                "pool idle +1 used -1", "acquire…", "pool idle -1 used +1", "acquire", select,
                "query SELECT 1",
                "returned: tidy", "pool idle +1 used -1", "acquire…", "pool idle -1 used +1", "acquire",
                "query… SELECT ? FROM x", "query - 0 failed: 42P01", "returned: tidy", "pool idle +1 used -1",
                "acquire…", "pool idle -1 used +1", "acquire", "query… BEGIN", "query BEGIN 0",
                "transaction…",
                "query… UPDATE users SET a = ?", "NOTICE 00000", "query UPDATE 3", "query… COMMIT",
                "query COMMIT 0", "transaction committed", "returned: tidy", "pool idle +1 used -1",
                "pool idle -1", "closed: requested",
            ])
        #expect(server.failures.isEmpty)
    }

    @Test(.timeLimit(.minutes(1)))
    func `events tell sizes, counts and what belongs together`() async throws {
        let answer = ServerBytes.answer(["name"], rows: [["ab"], ["c"]], tag: "SELECT 2")
        let again = ServerBytes.answer(["name"], rows: [["ab"]], tag: "SELECT 1", isPrepared: true)
        let server = try ScriptedServer { session in try session.serve([answer, again]) }
        defer { server.stop() }
        let recorder = EventRecorder()
        let client = PostgresClient(try configuration(server, recorder))
        for _ in 0..<2 { _ = try await client.collect("SELECT name FROM users WHERE id = \(7) AND b = \(8)") }
        await client.shutdown()
        var starts: [ClientEvent.QueryStart] = []
        var ends: [ClientEvent.QueryEnd] = []
        var connected: ClientEvent.ConnectEnd?
        for event in recorder.events {
            switch event {
            case .queryStarted(let start): starts.append(start)
            case .queryEnded(let end): ends.append(end)
            case .connectEnded(let end): connected = end
            default: break
            }
        }
        #expect(starts.count == 2)
        #expect(ends.map(\.start) == starts)
        #expect(Set(starts.map(\.id)).count == 2)
        #expect(starts.map(\.parameterCount) == [2, 2])
        #expect(starts.map(\.statementCount) == [1, 1])
        #expect(starts.map(\.kind) == [.statement, .statement])
        #expect(starts.map(\.summary) == ["SELECT users", "SELECT users"])
        #expect(ends.map(\.cacheHits) == [0, 1])
        #expect(ends.map(\.rows) == [2, 1])
        #expect(ends.map(\.command) == ["SELECT", "SELECT"])
        #expect(ends.map(\.receivedBytes) == [answer.count, again.count])
        // Bind: head 5, name 35, portal 1, format 4, values 2 + 2 x 12, result format 4; Execute 10; Sync 5.
        #expect(ends.last?.sentBytes == 90)
        #expect((ends.first?.sentBytes ?? 0) > 90)
        #expect(ends.allSatisfy { $0.duration > .zero && $0.failure == nil })
        let connection = try #require(connected?.connection)
        #expect(starts.allSatisfy { $0.connection == connection })
        #expect(connection.database == "shop")
        #expect(connection.processID == 13)
        #expect(connection.endpoint == PostgresEndpoint(host: "127.0.0.1", port: server.port))
        #expect(connected?.authenticationMethod == "trust")
        #expect(connected?.tls == nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a call that is refused before it is sent is told too`() async throws {
        let server = try ScriptedServer { session in try session.serve([]) }
        defer { server.stop() }
        let recorder = EventRecorder()
        let configuration = try configuration(server, recorder)
        let connection = try await PostgresConnection.connect(configuration.server)
        await #expect(throws: PostgresError.self) { try await connection.execute("SELECT \("\u{0}")") }
        connection.close()
        await #expect(throws: PostgresError.self) { try await connection.execute("SELECT 1") }
        #expect(
            recorder.lines == [
                "connect…", "connect", "query… SELECT $1", "query - 0 failed: encoding", "closed: requested",
                "query… SELECT ?", "query - 0 failed: connectionClosed",
            ])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a server that goes away ends query, transaction and connection`() async throws {
        let server = try ScriptedServer { session in
            try session.letIn()
            try session.receive(until: "Sync")
            try session.send(ServerBytes.answer(tag: "BEGIN", status: "T"))
            try session.receive(until: "Sync")
            try session.send(
                ServerBytes.error("57P01", "terminating", severity: "FATAL"))
        }
        defer { server.stop() }
        let recorder = EventRecorder()
        let connection = try await PostgresConnection.connect(try configuration(server, recorder).server)
        try await connection.execute("BEGIN")
        await #expect(throws: PostgresError.self) { try await connection.execute("SELECT 1") }
        await recorder.wait { if case .connectionClosed = $0 { true } else { false } }
        #expect(
            recorder.lines == [
                "connect…", "connect", "query… BEGIN", "query BEGIN 0", "transaction…", "query… SELECT ?",
                "query - 0 failed: 57P01", "transaction lost", "closed: server failed: 57P01",
            ])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a breaker that opens and closes is told once each`() async throws {
        let server = try ScriptedServer { session in
            guard session.number >= 3 else { return session.reset() }
            try session.serve([])
        }
        defer { server.stop() }
        let recorder = EventRecorder()
        var configuration = try configuration(server, recorder)
        configuration.breakerThreshold = 2
        let client = PostgresClient(configuration)
        try await client.withConnection { _ in }
        await client.shutdown()
        let wanted = recorder.lines.filter { $0.hasPrefix("connect") || $0.hasPrefix("breaker") }
        #expect(
            wanted == [
                "connect…", "connect failed: connectionFailed", "connect…",
                "connect failed: connectionFailed",
                "breaker opened after 2 failed: connectionFailed", "connect…",
                "connect failed: connectionFailed", "connect…", "connect", "breaker closed",
            ])
    }

    @Test(.timeLimit(.minutes(1)))
    func `the counts of a pool add up to what is there`() async throws {
        let server = try ScriptedServer { session in
            try session.letIn()
            while true {
                try session.receive(until: "Sync")
                try session.send(ServerBytes.answer(tag: "SELECT 0"))
            }
        }
        defer { server.stop() }
        let recorder = EventRecorder()
        var configuration = try configuration(server, recorder)
        configuration.maximumConnections = 3
        configuration.server.statementMode = .unnamed
        let client = PostgresClient(configuration)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<40 { group.addTask { _ = try? await client.execute("SELECT") } }
        }
        let statistics = client.statistics
        #expect(statistics.acquired == 40)
        let changes = recorder.events.compactMap { event in
            if case .poolChanged(let change) = event { change.change } else { nil }
        }
        #expect(changes.reduce(0) { $0 + $1.idle } == statistics.connections)
        #expect(changes.reduce(0) { $0 + $1.used } == 0)
        #expect(changes.reduce(0) { $0 + $1.opening } == statistics.opening)
        #expect(changes.reduce(0) { $0 + $1.waiting } == 0)
        await client.shutdown()
    }
}

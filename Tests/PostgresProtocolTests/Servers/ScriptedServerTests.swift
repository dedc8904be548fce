import PostgresProtocol
import TestSupport
import Testing

/// The scripted server plays recorded sessions to a client that says the same things again.
@Suite struct ScriptedServerTests {
    private static let scenarios = Scenario.all.filter { $0.name != "terminated" }

    @Test(arguments: scenarios.indices)
    func `a recorded session is played to a client`(index: Int) throws {
        let scenario = Self.scenarios[index]
        let transcript = try Transcript.fixture(scenario.name)
        let server = try ScriptedServer { session in
            try session.play(transcript)
            try session.waitForEnd()
        }
        defer { server.stop() }
        let client = try RawClient(
            port: server.port, user: "wire_app", password: "pencil", database: "postgres")
        try scenario.run(client)
        #expect(server.failures.isEmpty)
        #expect(server.connectionCount == 1)
    }

    @Test func `a client that says something else is noticed`() async throws {
        let transcript = try Transcript.fixture("simple-query")
        let server = try ScriptedServer { session in try session.play(transcript) }
        defer { server.stop() }
        let client = try RawClient(
            port: server.port, user: "wire_app", password: "pencil", database: "postgres")
        #expect(throws: (any Error).self) {
            try client.send { $0.appendSync() }
            try client.receive(until: .readyForQuery)
        }
        guard case ScriptedSession.Fault.unexpected(name: "Sync", wanted: "Query")? = server.failures.first
        else {
            Issue.record("not the failure: \(server.failures)")
            return
        }
    }

    @Test func `a server sends in pieces, resets, and counts its connections`() throws {
        let server = try ScriptedServer { session in
            try session.letIn()
            try session.receive(until: "Query")
            if session.number == 0 {
                let answer = Message.emptyQuery.bytes + Message.ready.bytes
                try session.send(answer, inPiecesOf: 1)
                try session.waitForEnd()
            } else {
                session.reset()
            }
        }
        defer { server.stop() }
        let first = try LoopbackSocket.connect(port: server.port)
        try first.write(hex("00000008 00030000") + Message.query)
        var feeder = FrameFeeder()
        var messages: [Message] = []
        while messages.count < 6 { messages += try feeder.feed(try first.read()) }
        #expect(messages.suffix(2) == [.emptyQuery, .ready])
        first.end()
        let second = try LoopbackSocket.connect(port: server.port)
        try second.write(hex("00000008 00030000") + Message.query)
        #expect(throws: LoopbackSocket.Fault.self) { while !(try second.read().isEmpty) {} }
        #expect(server.connectionCount == 2)
    }
}

extension Message {
    /// A Query without a statement.
    fileprivate static let query = hex("51 00000005 00")
}

import PostgresWire
import Testing

/// Several servers, of which some will do.
@Suite struct ServerChoiceTests {
    private func server(standby: Bool = false, readOnly: Bool = false) throws -> ScriptedPeer {
        try ScriptedPeer { line in
            line.receive()
            line.send(BackendBytes.welcome(standby: standby, readOnly: readOnly))
            line.receive()
        }
    }

    private func refusing(_ state: String) throws -> ScriptedPeer {
        try ScriptedPeer { line in
            line.receive()
            line.send(BackendBytes.error(state, "no"))
        }
    }

    /// The place in the list of the server that was chosen, found by its number of the server process.
    private func chosen(
        _ peers: [ScriptedPeer], _ target: TargetSession, balanced: Bool = false
    ) async throws -> Int {
        defer { for peer in peers { peer.stop() } }
        var configuration = PostgresConfiguration(host: "127.0.0.1", port: peers[0].port, user: "u")
        configuration.fallbacks = peers.dropFirst().map { PostgresEndpoint(host: "127.0.0.1", port: $0.port) }
        configuration.targetSession = target
        configuration.balancesHosts = balanced
        configuration.connectTimeout = .seconds(20)
        let connection = try await PostgresConnection.connect(configuration)
        defer { connection.close() }
        return try #require(peers.firstIndex { $0.port == connection.endpoint.port })
    }

    @Test(arguments: [
        (TargetSession.any, 0), (.primary, 2), (.readWrite, 3), (.readOnly, 0), (.standby, 0),
        (.preferStandby, 0),
    ])
    func `the first server that suits is taken`(target: TargetSession, place: Int) async throws {
        let peers = [
            try server(standby: true), try server(standby: true), try server(readOnly: true), try server(),
        ]
        #expect(try await chosen(peers, target) == place)
    }

    @Test func `a primary does where a standby is only preferred`() async throws {
        #expect(try await chosen([try server(), try server()], .preferStandby) == 0)
    }

    @Test func `no server that suits is an error that says so`() async throws {
        let error = await #expect(throws: PostgresError.self) { try await chosen([try server()], .standby) }
        #expect(error?.reason.contains("target_session_attrs=standby") == true)
        #expect(error?.code == .connectionFailed)
    }

    @Test func `a server that starts or is full is passed over, one that refuses us is not`() async throws {
        #expect(try await chosen([try refusing("57P03"), try server()], .any) == 1)
        #expect(try await chosen([try refusing("53300"), try server()], .any) == 1)
        let error = await #expect(throws: PostgresError.self) {
            try await chosen([try refusing("28P01"), try server()], .any)
        }
        #expect(error?.sqlState == "28P01")
    }

    @Test func `a server that is not there is passed over`() async throws {
        let gone = try server()
        gone.stop()
        #expect(try await chosen([gone, try server()], .any) == 1)
    }

    @Test func `a pooler that does not report its role is asked`() async throws {
        let pooler = try ScriptedPeer { line in
            line.receive()
            line.send(BackendBytes.ok + BackendBytes.key + BackendBytes.ready)
            line.receive()
            let row =
                [UInt8](arrayLiteral: 0, 2, 0, 0, 0, 1) + Array("f".utf8) + [0, 0, 0, 3] + Array("off".utf8)
            line.send(BackendBytes.message("D", row) + BackendBytes.message("C", Array("SELECT 1\0".utf8)))
            line.send(BackendBytes.ready)
            line.receive()
        }
        #expect(try await chosen([pooler], .primary) == 0)
    }

    @Test func `every address of a name is tried`() async throws {
        // Most systems list ::1 first for localhost, where nobody listens.
        let peer = try server()
        defer { peer.stop() }
        let configuration = PostgresConfiguration(host: "localhost", port: peer.port, user: "u")
        try await PostgresConnection.connect(configuration).close()
    }

    @Test func `a name that does not exist is an error that says so`() async throws {
        let configuration = PostgresConfiguration(host: "no-such-host.invalid", user: "u")
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(configuration)
        }
        #expect(error?.code == .connectionFailed || error?.code == .timedOut)
        #expect(error?.effect == PostgresError.Effect.none)
    }

    #if os(Linux)
    @Test func `a Unix socket may have an abstract name`() async throws {
        let folder = "wire-test-\(UInt64.random(in: .min ... .max))"
        let peer = try ScriptedPeer(abstractName: "\(folder)/.s.PGSQL.5432") { line in
            line.receive()
            line.send(BackendBytes.welcome())
            line.receive()
        }
        defer { peer.stop() }
        let configuration = PostgresConfiguration(host: "@\(folder)", user: "u")
        #expect(configuration.isUnixSocket)
        try await PostgresConnection.connect(configuration).close()
    }
    #endif

    @Test func `a path too long for a Unix socket is refused`() async throws {
        for prefix in ["/", "@"] {
            let host = prefix + String(repeating: "x", count: 200)
            let error = await #expect(throws: PostgresError.self) {
                try await PostgresConnection.connect(PostgresConfiguration(host: host, user: "u"))
            }
            #expect(error?.code == .invalidConfiguration)
        }
    }

    @Test func `clients spread over the servers if they shall`() async throws {
        var seen: Set<Int> = []
        for _ in 0..<60 where seen.count < 2 {
            seen.insert(try await chosen([try server(), try server()], .any, balanced: true))
        }
        #expect(seen == [0, 1])
    }

    @Test func `a peer that says nothing is given up at the deadline`() async throws {
        let silent = try ScriptedPeer { line in while !line.receive().isEmpty {} }
        defer { silent.stop() }
        var configuration = PostgresConfiguration(host: "127.0.0.1", port: silent.port, user: "u")
        configuration.connectTimeout = .milliseconds(300)
        let started = ContinuousClock.now
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(configuration)
        }
        #expect(error?.code == .timedOut)
        #expect(ContinuousClock.now - started >= .milliseconds(290))
    }

    @Test func `a password provider is asked for each login, and has until the deadline`() async throws {
        let peer = try ScriptedPeer { line in
            line.receive()
            line.send(BackendBytes.cleartext)
            line.receive()
            line.send(BackendBytes.welcome())
            line.receive()
        }
        defer { peer.stop() }
        var configuration = PostgresConfiguration(
            host: "127.0.0.1", port: peer.port, user: "u", password: "old")
        configuration.passwordProvider = { "token-1" }
        try await PostgresConnection.connect(configuration).close()
        let received = String(decoding: peer.received, as: UTF8.self)
        #expect(received.contains("token-1") && !received.contains("old"))
        configuration.passwordProvider = {
            try await Task.sleep(for: .seconds(60))
            return ""
        }
        configuration.connectTimeout = .milliseconds(100)
        let slow = configuration
        let error = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(slow) }
        #expect(error?.code == .timedOut)
    }
}

import PostgresWire
import TestSupport
import Testing

/// The proxy itself: a fault that does not happen would make every other test here pass.
@Suite struct FaultProxyIntegrationTests {
    private struct Received: Sendable, Equatable {
        var bytes: [UInt8]
        var isReset = false
    }

    /// Lets a server say `words` through a proxy and returns what arrives.
    private func receive(_ words: [[UInt8]], _ faults: [Fault]) throws -> Received {
        let server = try ScriptedServer { session in
            for word in words { try session.send(word) }
        }
        defer { server.stop() }
        let proxy = try FaultProxy(server.url, faults)
        defer { proxy.stop() }
        let client = try LoopbackSocket.connect(port: proxy.port)
        var received = Received(bytes: [])
        do {
            while case let bytes = try client.read(), !bytes.isEmpty { received.bytes += bytes }
        } catch {
            received.isReset = true
        }
        return received
    }

    private static let ready = hex("5a 00000005 49")
    private static let row = hex("44 00000006 0000")
    private static let done = hex("43 00000006 4100")

    @Test(arguments: [
        (
            [Fault.duplicate("DataRow", 2)],
            "44000000060000 44000000060000 44000000060000 43000000064100 5a0000000549"
        ),
        ([.drop("DataRow", 2)], "44000000060000 43000000064100 5a0000000549"),
        ([.swap("DataRow", 2)], "44000000060000 43000000064100 44000000060000 5a0000000549"),
        ([.swap("ReadyForQuery")], "44000000060000 44000000060000 43000000064100 5a0000000549"),
        (
            [.length(0xffff_fff0, of: "DataRow", 2)],
            "44000000060000 44fffffff00000 43000000064100 5a0000000549"
        ),
        ([.flip(byte: 8, mask: 0x80)], "44000000060000 44800000060000 43000000064100 5a0000000549"),
        (
            [.insert([1, 2], .before("CommandComplete", 1))],
            "44000000060000 44000000060000 0102 43000000064100 5a0000000549"
        ),
        ([.insert([1, 2], .byte(3))], "440000 0102 00060000 44000000060000 43000000064100 5a0000000549"),
        ([.cut(.byte(9), .finish)], "44000000060000 4400"),
        ([.cut(.inside("CommandComplete", 1), .finish)], "44000000060000 44000000060000 430000000641"),
        ([.cut(.after("DataRow", 1), .finish)], "44000000060000"),
        ([.halfClose(.before("DataRow", 2))], "44000000060000"),
        ([.split(into: 2)], "44000000060000 44000000060000 43000000064100 5a0000000549"),
        ([.coalesce(.milliseconds(1))], "44000000060000 44000000060000 43000000064100 5a0000000549"),
        ([.drop("DataRow", 1), .drop("DataRow", 2)], "43000000064100 5a0000000549"),
    ])
    func `a proxy does to the server's words what it was told`(faults: [Fault], expected: String) throws {
        let received = try receive([Self.row, Self.row, Self.done, Self.ready], faults)
        #expect(received == Received(bytes: hex(expected)))
    }

    @Test func `a reset is a reset and not an end`() throws {
        let received = try receive([Self.row, Self.row], [.cut(.byte(9), .reset)])
        #expect(received.isReset)
        #expect(Array(hex("44000000060000 4400").prefix(received.bytes.count)) == received.bytes)
    }

    @Test func `a client's words pass through a proxy changed in the same way`() throws {
        let server = try ScriptedServer { session in
            try session.receive(until: "Sync")
            try session.send(Self.ready)
        }
        defer { server.stop() }
        let proxy = try FaultProxy(server.url, [.drop("Sync", of: .client)])
        defer { proxy.stop() }
        let client = try LoopbackSocket.connect(port: proxy.port)
        try client.write(hex("00000008 00030000 53 00000004 53 00000004"))
        #expect(try client.read() == Self.ready)
        #expect(proxy.connectionCount == 1)
    }

    @Test func `a request for TLS is answered as the fault says`() throws {
        let server = try ScriptedServer { try $0.waitForEnd() }
        defer { server.stop() }
        for (fault, answer) in [
            (Fault.stripEncryption, "4e"), (.injectBeforeEncryption([1, 2]), "530102"),
            (.garbageBeforeEncryption, "00"),
        ] {
            let proxy = try FaultProxy(server.url, [fault])
            defer { proxy.stop() }
            let client = try LoopbackSocket.connect(port: proxy.port)
            try client.write(hex("00000008 04d2162f"))
            #expect(try client.read() == hex(answer))
        }
    }

    @Test func `faults can be kept to some connections`() async throws {
        let url = try await TestServer.url()
        let cut = Fault.cut(.inside("DataRow", 1), .finish).on(connections: 1...1)
        try await FaultProxy.between(url, [cut]) { proxy in
            for isCut in [false, true, false] {
                let connection = try await PostgresConnection.connect(
                    try PostgresConfiguration(url: proxy.url))
                let answer = try? await connection.one("SELECT 7", as: Int32.self)
                #expect(answer == (isCut ? nil : 7))
                connection.close()
            }
            #expect(proxy.connectionCount == 3)
        }
    }

    @Test func `a proxy that has fallen silent lets go of the server when it ends`() async throws {
        let url = try await TestServer.url()
        let root = try await PostgresConnection.connect(try PostgresConfiguration(url: url))
        defer { root.close() }
        let proxy = try FaultProxy(url, [])
        var configuration = try PostgresConfiguration(url: proxy.url)
        configuration.applicationName = "left-behind"
        let connection = try await PostgresConnection.connect(configuration)
        proxy.fallSilent()
        connection.close()
        let query: PostgresQuery =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'left-behind'"
        #expect(try await root.one(query, as: Int.self) == 1)
        proxy.stop()
        var count = 1
        for _ in 0..<500 where count > 0 { count = try await root.one(query, as: Int.self) }
        #expect(count == 0)
    }
}

import PostgresWire
import Testing

/// A peer that answers the request for TLS in a hostile way.
@Suite struct EncryptionRefusalTests {
    /// What the peer answers.
    enum Attack: String, CaseIterable, Sendable {
        case strip, inject, injectLater, garbage, error, silenceThenEnd
    }

    private static let canary = "canary-password"

    private func peer(_ attack: Attack) throws -> ScriptedPeer {
        try ScriptedPeer { line in
            line.receive()
            let forged = BackendBytes.error("28000", "call 555-CANARY to unlock")
            switch attack {
            case .strip:
                line.send([UInt8(ascii: "N")])
                line.receive()
                line.send(BackendBytes.cleartext)
            case .inject: line.send([UInt8(ascii: "S")] + BackendBytes.ok + forged)
            case .injectLater:
                line.send([UInt8(ascii: "S")])
                line.send(BackendBytes.welcome())
            case .garbage: line.send(Array("HTTP/1.1 400 Bad Request\r\n".utf8))
            case .error: line.send(forged)
            case .silenceThenEnd: return
            }
            line.receive()
        }
    }

    private func configuration(_ peer: ScriptedPeer, _ mode: TLSMode) -> PostgresConfiguration {
        var configuration = PostgresConfiguration(
            host: "db.test", port: peer.port, user: "canary-user", password: Self.canary)
        configuration.hostAddress = "127.0.0.1"
        configuration.tls.mode = mode
        configuration.connectTimeout = .seconds(20)
        return configuration
    }

    @Test(arguments: Attack.allCases, [TLSMode.require, .verifyCA, .verifyFull])
    func `nothing is said to a peer that does not encrypt`(attack: Attack, mode: TLSMode) async throws {
        let peer = try peer(attack)
        defer { peer.stop() }
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(configuration(peer, mode))
        }
        #expect(error?.code == .connectionFailed)
        #expect(error?.effect == PostgresError.Effect.none)
        let texts = error.map { "\($0)" + String(reflecting: $0) } ?? ""
        #expect(!texts.contains("CANARY") && !texts.contains(Self.canary))
        let received = String(decoding: peer.received, as: UTF8.self)
        #expect(!received.contains("canary"))
        if attack == .strip || attack == .garbage || attack == .error {
            #expect(peer.received == [0, 0, 0, 8, 4, 210, 22, 47])
        }
    }

    @Test(arguments: Attack.allCases.filter { $0 != .strip })
    func `prefer gives a peer up that does not answer as a server does`(attack: Attack) async throws {
        let peer = try peer(attack)
        defer { peer.stop() }
        await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(configuration(peer, .prefer))
        }
        #expect(!String(decoding: peer.received, as: UTF8.self).contains("canary"))
    }

    @Test(arguments: [TLSMode.disable, .allow, .prefer])
    func `the password is not sent in the clear even where TLS was not asked for`(mode: TLSMode) async throws
    {
        let peer = try ScriptedPeer { line in
            if mode == .prefer {
                line.receive()
                line.send([UInt8(ascii: "N")])
            }
            line.receive()
            line.send(BackendBytes.cleartext)
            line.receive()
        }
        defer { peer.stop() }
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(configuration(peer, mode))
        }
        #expect(error?.code == .connectionRefused)
        let received = String(decoding: peer.received, as: UTF8.self)
        #expect(received.contains("canary-user"))
        #expect(!received.contains(Self.canary))
    }

    @Test func `the default for a server elsewhere is to encrypt`() async throws {
        let peer = try peer(.strip)
        defer { peer.stop() }
        var plain = configuration(peer, .require)
        plain.tls.mode = nil
        let error = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(plain) }
        #expect(error?.reason.contains("sslmode=verify-full") == true)
        #expect(peer.received == [0, 0, 0, 8, 4, 210, 22, 47])
    }
}

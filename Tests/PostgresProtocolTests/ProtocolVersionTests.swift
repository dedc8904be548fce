import PostgresProtocol
import TestSupport
import Testing

/// Which version of the protocol a session speaks.
@Suite struct ProtocolVersionTests {
    private static let longKey = Message(.backendKeyData, [0, 0, 0, 9] + [UInt8](repeating: 7, count: 256))

    private func start(_ versions: ClosedRange<PostgresProtocolVersion>) -> Start {
        Start(policy: StartupPolicy(versions: versions))
    }

    @Test func `the first message asks for the newest version`() {
        #expect(start(.v30 ... .v30).sent.prefix(8) == hex("00000020 00030000")[...])
        #expect(start(.v30 ... .v32).sent.prefix(8) == hex("00000020 00030002")[...])
        #expect(start(.v32 ... .v32).sent.prefix(8) == hex("00000020 00030002")[...])
    }

    @Test func `a server that does not object speaks what was asked for`() throws {
        var start = start(.v30 ... .v32)
        #expect(try start.receive(.authenticationOk) == .wait)
        #expect(try start.receive(Self.longKey) == .wait)
        #expect(try start.receive(.ready) == .ready)
        #expect(start.machine.protocolVersion == .v32)
        #expect(start.machine.backendKey?.secret.count == 256)
    }

    @Test func `a server that knows only 3.0 is spoken to in 3.0`() throws {
        var start = start(.v30 ... .v32)
        #expect(try start.receive(.negotiate(minor: 0)) == .wait)
        #expect(start.machine.protocolVersion == .v30)
        #expect(try start.receive(.authenticationOk) == .wait)
        #expect(
            throws: StartupFault.violation(
                ProtocolViolation(expected: "a key of 4 bytes in protocol 3.0", received: .backendKeyData))
        ) { try start.receive(Self.longKey) }
    }

    @Test(arguments: [UInt8(1), 3, 9])
    func `a version that was not asked for is refused`(minor: UInt8) {
        var start = start(.v30 ... .v32)
        #expect(throws: StartupFault.unsupportedProtocolVersion(minor: Int32(minor))) {
            try start.receive(.negotiate(minor: minor))
        }
    }

    @Test func `a server that is too old is refused`() {
        var start = start(.v32 ... .v32)
        #expect(throws: StartupFault.unsupportedProtocolVersion(minor: 0)) {
            try start.receive(.negotiate(minor: 0))
        }
    }

    @Test(arguments: [4, 5, 32, 255, 256])
    func `3.2 has keys of 4 to 256 bytes`(count: Int) throws {
        var start = start(.v32 ... .v32)
        #expect(try start.receive(.authenticationOk) == .wait)
        let key = Message(.backendKeyData, [0, 0, 0, 9] + [UInt8](repeating: 7, count: count))
        #expect(try start.receive(key) == .wait)
        #expect(start.machine.backendKey?.secret.count == count)
    }
}

import Testing

@testable import PostgresWire

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What the system is told about a connection.
@Suite struct SocketOptionTests {
    private func option(_ level: Int32, _ name: Int32, of connection: PostgresConnection) -> Int32 {
        var value: Int32 = -1
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(connection.session.socket.descriptor, level, name, &value, &size)
        return value
    }

    private func connect(_ keepalive: SocketKeepalive) async throws -> PostgresConnection {
        let peer = try ScriptedPeer { line in
            line.receive()
            line.send(BackendBytes.welcome())
            line.receive()
        }
        defer { peer.stop() }
        var configuration = PostgresConfiguration(host: "127.0.0.1", port: peer.port, user: "u")
        configuration.keepalive = keepalive
        return try await PostgresConnection.connect(configuration)
    }

    #if os(Linux)
    @Test func `the numbers of the configuration reach the system`() async throws {
        var keepalive = SocketKeepalive()
        keepalive.idleSeconds = 31
        keepalive.intervalSeconds = 7
        keepalive.count = 3
        keepalive.userTimeoutMilliseconds = 4_321
        let connection = try await connect(keepalive)
        defer { connection.close() }
        let tcp = Int32(IPPROTO_TCP)
        #expect(option(SOL_SOCKET, SO_KEEPALIVE, of: connection) == 1)
        #expect(option(tcp, TCP_KEEPIDLE, of: connection) == 31)
        #expect(option(tcp, TCP_KEEPINTVL, of: connection) == 7)
        #expect(option(tcp, TCP_KEEPCNT, of: connection) == 3)
        #expect(option(tcp, TCP_USER_TIMEOUT, of: connection) == 4_321)
        #expect(option(tcp, TCP_NODELAY, of: connection) == 1)
    }
    #endif

    @Test func `looking for the peer can be turned off`() async throws {
        var keepalive = SocketKeepalive()
        keepalive.isOn = false
        let connection = try await connect(keepalive)
        defer { connection.close() }
        #expect(option(SOL_SOCKET, SO_KEEPALIVE, of: connection) == 0)
    }

    @Test func `one deadline is shared by the attempts that are left`() {
        let whole = Deadline(after: .seconds(40))
        #expect((9_000_000...10_000_000).contains(whole.share(of: 4).microsecondsLeft))
        #expect((39_000_000...40_000_000).contains(whole.share(of: 1).microsecondsLeft))
        #expect(Deadline(after: .seconds(-1)).share(of: 3).microsecondsLeft == 0)
    }

    @Test(arguments: [
        (TargetSession.any, [true, true, true]), (.readWrite, [true, false, false]),
        (.readOnly, [false, true, true]),
        (.primary, [true, true, false]), (.standby, [false, false, true]),
        (.preferStandby, [true, true, true]),
    ])
    func `a primary, one that only reads and a standby suit as the manual says`(
        target: TargetSession, suits: [Bool]
    ) {
        let roles = [
            ServerRole(isStandby: false, isReadOnly: false), ServerRole(isStandby: false, isReadOnly: true),
            ServerRole(isStandby: true, isReadOnly: false),
        ]
        #expect(roles.map { $0.suits(target) } == suits)
    }
}

import Locking
import TestSupport
import Testing

@testable import PostgresWire

/// A pool that finds the new primary by itself.
@Suite struct FailoverTests {
    /// Which of two servers takes changes.
    private final class Roles: Sendable {
        private let primary = Lock(0)

        var current: Int { primary.withLock { $0 } }

        func promote(_ server: Int) { primary.withLock { $0 = server } }

        /// A server that lets everybody in and says whether it may be written to.
        func server(_ number: Int) throws -> SimpleServer {
            try SimpleServer(
                welcome: { [self] in BackendBytes.welcome(standby: current != number) },
                { [self] sql, _ in
                    if sql == "die" { return .send(BackendBytes.error("57P01", "shutting down")) }
                    if sql == "ours" { return .send(SimpleServer.failed("25006", "I")) }
                    guard current != number else { return .send(SimpleServer.done("INSERT 0 1", "I")) }
                    let change = BackendBytes.status("in_hot_standby", "on")
                    return .send(change + SimpleServer.failed("25006", "I"))
                })
        }
    }

    private func withPool(
        _ target: TargetSession, _ body: (PostgresClient, Roles, [SimpleServer]) async throws -> Void
    ) async throws {
        let roles = Roles()
        let servers = [try roles.server(0), try roles.server(1)]
        defer { for server in servers { server.stop() } }
        var server = PostgresConfiguration(host: "127.0.0.1", port: servers[0].port, user: "u")
        server.fallbacks = [PostgresEndpoint(host: "127.0.0.1", port: servers[1].port)]
        server.targetSession = target
        server.statementMode = .simple
        let client = PostgresClient(PostgresClientConfiguration(server))
        try await body(client, roles, servers)
        await client.shutdown()
    }

    @Test(arguments: [TargetSession.readWrite, .primary])
    func `a server that no longer takes changes is left for the one that does`(
        target: TargetSession
    ) async throws {
        try await withPool(target) { client, roles, servers in
            try await client.execute("one")
            // A second connection to the same server, which knows nothing yet.
            try await client.withConnection { first in
                try await client.withConnection { _ = try await $0.execute("two") }
                _ = try await first.execute("three")
            }
            #expect(client.statistics.idle == 2)
            roles.promote(1)
            let refused = await errorOf { try await client.execute("four") }
            #expect(refused?.sqlState == "25006")
            #expect(refused?.effect == .rolledBack)
            #expect(client.statistics.connections == 0)
            try await client.execute("five")
            #expect(servers[0].statements == ["one", "two", "three", "four"])
            #expect(servers[1].statements == ["five"])
        }
    }

    @Test func `a transaction of our own that is read only is no reason to leave`() async throws {
        try await withPool(.readWrite) { client, _, _ in
            let refused = await errorOf { try await client.execute("ours") }
            #expect(refused?.sqlState == "25006")
            #expect(client.statistics.connections == 1)
            #expect(client.statistics.retired == 0)
        }
    }

    @Test(arguments: [(TargetSession.readWrite, true), (.primary, false), (.any, false), (.standby, false)])
    func `a primary that takes no changes by default is left only by those who want to write`(
        target: TargetSession, leaves: Bool
    ) {
        let isDemotion = PostgresClient.isDemotion(
            "25006", for: target, ["in_hot_standby": "off", "default_transaction_read_only": "on"])
        #expect(isDemotion == leaves)
    }

    @Test func `a server that reports nothing is left at its first refusal, and for no other error`() {
        #expect(PostgresClient.isDemotion("25006", for: .primary, [:]))
        #expect(PostgresClient.isDemotion("25006", for: .readWrite, [:]))
        #expect(!PostgresClient.isDemotion("25001", for: .readWrite, [:]))
        #expect(!PostgresClient.isDemotion("25006", for: .preferStandby, [:]))
    }

    @Test func `who asks for no primary stays where it is`() async throws {
        try await withPool(.any) { client, roles, _ in
            try await client.execute("one")
            roles.promote(1)
            let refused = await errorOf { try await client.execute("two") }
            #expect(refused?.sqlState == "25006")
            #expect(client.statistics.connections == 1)
        }
    }

    @Test func `a server that shuts down is left by all connections`() async throws {
        try await withPool(.any) { client, _, servers in
            try await client.withConnection { first in
                try await client.withConnection { _ = try await $0.execute("one") }
                _ = try await first.execute("two")
            }
            #expect(client.statistics.idle == 2)
            let ended = await errorOf { try await client.execute("die") }
            #expect(ended?.code == .connectionClosed)
            #expect(ended?.sqlState == "57P01")
            #expect(ended?.effect == .unknown)
            #expect(client.statistics.connections == 0)
            servers[0].stop()
            #expect(servers[1].statements == [])
            let failed = await errorOf { try await client.execute("three") }
            #expect(failed?.sqlState == "25006")
            #expect(servers[1].statements == ["three"])
        }
    }
}

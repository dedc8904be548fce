import EmbeddedPostgres
import Foundation
import PostgresWire
import TestSupport
import Testing

/// Servers that fall silent while somebody connects: the deadlines of connecting and of waiting for a connection.
@Suite(.serialized) struct ConnectSilenceIntegrationTests {
    /// Where in the login the silence begins.
    private static let phases: [(String, FaultMoment)] = [
        ("before the login", .byte(0)), ("in the request for a proof", .inside("Authentication", 1)),
        ("after it", .after("Authentication", 1)), ("in the challenge", .inside("Authentication", 2)),
        ("after the login", .after("Authentication", 4)),
        ("in the last message", .inside("ReadyForQuery", 1)),
    ]

    private func connect(_ url: String, _ mode: TLSMode) async throws -> Outcome {
        var configuration = try PostgresConfiguration(url: url)
        configuration.connectTimeout = Silence.deadline
        configuration.tls.mode = mode
        return await Outcome.of {
            try await PostgresConnection.connect(configuration).close()
            return "connected"
        }
    }

    private func acquire(_ url: String) async throws -> Outcome {
        var configuration = try PostgresClientConfiguration(url: url)
        configuration.acquireTimeout = Silence.deadline
        configuration.server.connectTimeout = .seconds(20)
        let client = PostgresClient(configuration)
        let outcome = await Outcome.of {
            try await client.execute("SELECT 1")
            return "connected"
        }
        let start = ContinuousClock.now
        await client.shutdown()
        if start.duration(to: .now) > .seconds(1) { Issue.record("the pool did not shut down at once") }
        return outcome
    }

    @Test(.timeLimit(.minutes(2)))
    func `connecting and waiting for a connection end at their deadlines`() async throws {
        let url = try await TestServer.url()
        let matrix = FaultMatrix("Silence while connecting, deadline 500 ms")
        var faults: [String?] = []
        for (phase, moment) in Self.phases {
            let silence = [Fault.blackhole(moment)]
            faults.append(
                try await Silence.fault(matrix, "connect: \(phase)", effect: .none) {
                    try await FaultProxy.between(url, silence) { try await connect($0.url, .disable) }
                })
            faults.append(
                try await Silence.fault(matrix, "acquire: \(phase)", effect: .none) {
                    try await FaultProxy.between(url, silence) { try await acquire($0.url) }
                })
        }
        faults.append(
            try await Silence.fault(
                matrix, "connect: before the answer to the request for TLS", effect: .none
            ) {
                try await FaultProxy.between(url, [.blackhole(.byte(0))]) {
                    try await connect($0.url, .require)
                }
            })
        try matrix.publish(as: "silence-connect")
        #expect(faults.compactMap(\.self) == [])
        #expect(matrix.total == 13)
    }

    @Test(.timeLimit(.minutes(2)))
    func `a server that talks without end does not put the deadline of connecting off`() async throws {
        let notice = hex("4e 00000017 534e4f5449434500 433030303030 00 4d6100 00")
        let server = try ScriptedServer { session in
            try session.receive(until: "StartupMessage")
            while true { try session.send(notice) }
        }
        defer { server.stop() }
        let matrix = FaultMatrix("Chatter while connecting, deadline 500 ms")
        let before = Memory.residentKiB
        let fault = try await Silence.fault(matrix, "connect: notices without end", effect: .none) {
            try await connect(server.url, .disable)
        }
        try matrix.publish(as: "chatter-connect")
        #expect(fault == nil)
        #expect(Memory.residentKiB - before < 200_000)
    }

    @Test(.timeLimit(.minutes(3)))
    func `a postmaster that was stopped is noticed at the deadlines`() async throws {
        let server = try await EmbeddedPostgres.start(
            EmbeddedPostgresOptions(ephemeral: true, durability: .none))
        let url = server.url
        let connection = try await PostgresConnection.connect(try PostgresConfiguration(url: url))
        let backend = try #require(connection.backendProcessID)
        let postmaster = try StoppedProcess(parentOf: backend)
        let matrix = FaultMatrix("Stopped postmaster, deadline 500 ms")
        let faults = try await postmaster.whileStopped {
            [
                try await Silence.fault(matrix, "connect", effect: .none) {
                    try await connect(url, .disable)
                },
                try await Silence.fault(matrix, "acquire", effect: .none) { try await acquire(url) },
                try await queryOnRunningBackend(connection),
            ]
        }
        connection.close()
        await server.stop()
        try matrix.publish(as: "silence-postmaster")
        #expect(faults.compactMap(\.self) == [])
    }

    /// The cancel request of the deadline is never taken, since the postmaster would have to.
    private func queryOnRunningBackend(_ connection: PostgresConnection) async throws -> String? {
        let matrix = FaultMatrix("A query whose cancel request nobody takes, deadline 500 ms")
        return try await Silence.fault(matrix, "query", effect: .unknown) {
            await Outcome.of {
                try await connection.execute(
                    PostgresQuery("SELECT pg_sleep(20)", []).timeout(Silence.deadline)
                ).text
            }
        }
    }
}

#if Lifecycle
import Logging
import PostgresWire
import ServiceLifecycle
import ServiceLifecycleTestKit
import TestSupport
import Testing
import UnixSignals

@Suite struct LifecycleObserverTests {
    private func client(
        _ server: ScriptedServer, _ recorder: EventRecorder, grace: Duration
    ) throws -> PostgresClient {
        var configuration = try PostgresClientConfiguration(url: server.url)
        configuration.observers = [recorder]
        configuration.shutdownGrace = grace
        return PostgresClient(configuration)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a graceful shutdown waits for what is lent`() async throws {
        let server = try ScriptedServer { session in
            try session.serve([ServerBytes.answer(tag: "SELECT 0"), ServerBytes.answer(tag: "INSERT 0 1")])
        }
        defer { server.stop() }
        let recorder = EventRecorder()
        let client = try client(server, recorder, grace: .seconds(30))
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await client.run() }
                let tag = try await client.withConnection { connection in
                    try await connection.execute("SELECT")
                    trigger.triggerGracefulShutdown()
                    // The pool is closed for others once the next loan is refused.
                    while true {
                        do { try await client.withConnection { _ in } } catch { break }
                    }
                    return try await connection.execute("INSERT INTO a DEFAULT VALUES")
                }
                #expect(tag.rows == 1)
                try await group.waitForAll()
            }
        }
        #expect(recorder.lines.last == "closed: requested")
        #expect(client.statistics.connections == 0)
        let error = await #expect(throws: PostgresError.self) { try await client.execute("SELECT 1") }
        #expect(error?.code == .poolExhausted)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a cancelled service closes what is lent`() async throws {
        let server = try ScriptedServer { session in
            try session.letIn()
            try session.waitForEnd()
        }
        defer { server.stop() }
        let recorder = EventRecorder()
        let client = try client(server, recorder, grace: .seconds(3_600))
        let service = Task { try await client.run() }
        let borrower = Task {
            try await client.withConnection { connection in
                service.cancel()
                try await connection.execute("SELECT 1")
            }
        }
        await #expect(throws: CancellationError.self) { try await service.value }
        await #expect(throws: PostgresError.self) { try await borrower.value }
        #expect(recorder.lines.contains("query - 0 failed: connectionClosed"))
    }

    @Test(.timeLimit(.minutes(1)))
    func `a service group runs a client and ends it after its users`() async throws {
        let server = try ScriptedServer { session in
            try session.serve([ServerBytes.answer(tag: "SELECT 0")])
        }
        defer { server.stop() }
        let recorder = EventRecorder()
        let client = try client(server, recorder, grace: .seconds(30))
        let worker = ClosureService {
            try await gracefulShutdown()
            try await client.execute("SELECT")
        }
        let logger = Logger(label: "test")
        let group = ServiceGroup(
            services: [client, worker], gracefulShutdownSignals: [.sigterm], logger: logger)
        async let running: Void = group.run()
        await group.triggerGracefulShutdown()
        try await running
        #expect(recorder.lines.contains("query SELECT 0"))
        #expect(recorder.lines.last == "closed: requested")
    }
}
#endif

import PostgresWire
import TestSupport
import Testing

/// A server that falls silent while a client listens.
@Suite struct SilentServerTests {
    private static let ready = hex("5a 00000005 49")
    private static let listening = hex("43 0000000b 4c495354454e00") + ready
    private static let notification = hex("41 0000000f 00000007 6300 6c61746500")

    @Test(.timeLimit(.minutes(1)))
    func `a connection that no longer answers is replaced and the gap shown`() async throws {
        let server = try ScriptedServer { session in
            switch session.number {
            case 0:
                try session.letIn()
                try session.receive(until: "Query")
                try session.send(Self.listening)
            case 1: break
            default:
                try session.letIn()
                try session.receive(until: "Query")
                try session.send(Self.listening + Self.notification)
            }
            // From here on, and on the second connection from the start, nothing is answered.
            try session.waitForEnd()
        }
        defer { server.stop() }
        var configuration = try PostgresClientConfiguration(url: server.url)
        configuration.listenProbeInterval = .seconds(1)
        configuration.server.connectTimeout = .seconds(1)
        let client = PostgresClient(configuration)
        var events = client.notifications(on: "c").makeAsyncIterator()
        #expect(await events.next() == .gap(.started))
        #expect(await events.next() == .gap(.connectionLost))
        let expected = PostgresNotification(channel: "c", payload: "late", processID: 7)
        #expect(await events.next() == .notification(expected))
        let statistics = client.listenerStatistics
        #expect(statistics.losses == 1)
        #expect(statistics.failedOpenings == 1)
        #expect(statistics.lastError?.code == .timedOut)
        await client.shutdown()
        #expect(await events.next() == nil)
    }
}

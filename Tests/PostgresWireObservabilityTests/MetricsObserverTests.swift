#if Metrics
import Metrics
import MetricsTestKit
import PostgresWire
import TestSupport
import Testing

@Suite struct MetricsObserverTests {
    private static let pool = [("db.client.connection.pool.name", "main")]

    private func state(_ name: String) -> [(String, String)] {
        Self.pool + [("db.client.connection.state", name)]
    }

    /// The dimensions of an operation, with the port that the server got.
    private func operation(_ recorder: TestRecorder) -> [String: String] {
        Dictionary(uniqueKeysWithValues: recorder.dimensions.filter { $0.0 != "server.port" })
    }

    @Test(.timeLimit(.minutes(1)))
    func `durations of operations are told apart by what was done`() async throws {
        let metrics = TestMetrics()
        try await Conversation.run(MetricsObserver(factory: metrics))
        let recorders = metrics.recorders(label: "db.client.operation.duration")
        #expect(recorders.count == 4)
        #expect(recorders.allSatisfy { recorder in recorder.dimensions.contains { $0.0 == "server.port" } })
        let common = ["db.system.name": "postgresql", "db.namespace": "shop", "server.address": "127.0.0.1"]
        let expected = [
            ["db.operation.name": "SELECT"], ["error.type": "22P02", "db.response.status_code": "22P02"],
            ["db.operation.name": "BATCH DELETE"], ["db.operation.name": "ALTER ROLE"],
        ].map { $0.merging(common) { first, _ in first } }
        #expect(Set(recorders.map(operation)) == Set(expected))
        for recorder in recorders {
            #expect(recorder.aggregate)
            #expect(recorder.values.count == 1)
            #expect((recorder.values.first ?? -1) > 0 && (recorder.values.first ?? 60) < 60)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a pool is counted and timed under its name`() async throws {
        let metrics = TestMetrics()
        try await Conversation.run(MetricsObserver(factory: metrics))
        let count = "db.client.connection.count"
        let on = [1.0, 0, 1, 0, 1, 0, 1, 0]
        #expect(try metrics.expectMeter(count, state("idle")).values == on)
        #expect(try metrics.expectMeter(count, state("used")).values == on)
        #expect(try metrics.expectMeter("db.client.connection.max", Self.pool).values == [1])
        #expect(try metrics.expectMeter("db.client.connection.pending_requests", Self.pool).values == [1, 0])
        #expect(try metrics.expectRecorder("db.client.connection.wait_time", Self.pool).values.count == 4)
        #expect(try metrics.expectRecorder("db.client.connection.use_time", Self.pool).values.count == 4)
        let created = try metrics.expectRecorder("db.client.connection.create_time", Self.pool)
        #expect(created.values.count == 1)
        #expect((created.values.first ?? -1) > 0 && (created.values.first ?? 60) < 60)
        #expect(try metrics.expectCounter("db.client.connection.timeouts", Self.pool).values == [])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a caller that waits too long is counted`() async throws {
        let metrics = TestMetrics()
        // A server that never lets anybody in.
        let server = try ScriptedServer { session in try session.waitForEnd() }
        defer { server.stop() }
        var configuration = try PostgresClientConfiguration(url: server.url)
        configuration.name = "main"
        configuration.acquireTimeout = .milliseconds(20)
        configuration.observers = [MetricsObserver(factory: metrics)]
        let client = PostgresClient(configuration)
        let error = await #expect(throws: PostgresError.self) { try await client.execute("SELECT 1") }
        #expect(error?.code == .timedOut)
        await client.shutdown()
        #expect(try metrics.expectCounter("db.client.connection.timeouts", Self.pool).values == [1])
        #expect(try metrics.expectRecorder("db.client.connection.wait_time", Self.pool).values == [])
    }

    @Test(.timeLimit(.minutes(1)))
    func `no dimension shows data or a secret`() async throws {
        let metrics = TestMetrics()
        try await Conversation.run(MetricsObserver(factory: metrics)) { configuration in
            configuration.server.observation.queryText = .full
            configuration.server.observation.includesServerMessages = true
        }
        var texts = metrics.recorders.map { "\($0.label) \($0.dimensions)" }
        texts += metrics.counters.map { "\($0.label) \($0.dimensions)" }
        texts += metrics.meters.map { "\($0.label) \($0.dimensions)" }
        #expect(texts.count == 12)
        #expect(texts.filter { $0.contains(Conversation.canary) } == [])
    }

    @Test func `metrics are turned on as the article shows`() throws {
        var configuration = try PostgresClientConfiguration(url: "postgres://jo@localhost/shop")
        #expect(configuration.name == nil)
        let metrics = MetricsObserver()  // records with what MetricsSystem was bootstrapped with
        configuration.observers = [metrics]
        configuration.name = "orders"  // db.client.connection.pool.name
        #expect(configuration.server.observers.first is MetricsObserver)
    }

    @Test func `the number of series is bounded`() {
        #expect(MetricsObserver.maximumSeries == 1_000)
    }
}
#endif

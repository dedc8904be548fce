import PostgresWire
import TestSupport
import Testing

struct SlowQueries: ClientObserver {
    func observe(_ event: ClientEvent) {
        guard case .queryEnded(let query) = event, query.duration > .milliseconds(100) else { return }
        print(query.start.summary, query.rows, query.duration, query.failure?.type ?? "ok")
    }
}

@Suite struct ObservabilityTests {
    @Test func `options say what observers are told`() async throws {
        try await Sample.withDatabase { _, database in
            let recorder = EventRecorder()
            var configuration = PostgresClientConfiguration(database.configuration)
            configuration.observers = [SlowQueries(), recorder]
            configuration.server.observation.queryText = .full  // default: .redacted, "?" for every literal
            configuration.server.observation.includesServerMessages = true  // default: false
            let client = PostgresClient(configuration)
            let error = await errorOf { try await client.execute("SELECT 7 FROM nowhere") }
            #expect(error?.sqlState == "42P01")
            await client.shutdown()
            let ends = recorder.events.compactMap { event in
                if case .queryEnded(let end) = event { end } else { nil }
            }
            #expect(ends.map(\.start.text) == ["SELECT 7 FROM nowhere"])
            #expect(ends.map(\.failure?.message) == ["relation \"nowhere\" does not exist"])
        }
    }
}

import PostgresWire
import TestSupport
import Testing

/// No event shows what a caller sends or a server answers.
@Suite struct ObserverSecretTests {
    private static let canary = "canary-9f3b"

    private func told(_ options: ObservationOptions = ObservationOptions()) async throws -> [String] {
        let canary = Self.canary
        let server = try ScriptedServer { session in
            try session.serve([
                ServerBytes.notice("00000", "notice: \(canary)")
                    + ServerBytes.answer(["secret"], rows: [[canary]], tag: "SELECT 1"),
                ServerBytes.parseComplete + ServerBytes.noParameters + ServerBytes.noData
                    + ServerBytes.error("22P02", "invalid input: \(canary)", detail: "Key (\(canary))")
                    + ServerBytes.ready(),
                ServerBytes.complete("ALTER ROLE") + ServerBytes.ready(),
            ])
        }
        defer { server.stop() }
        let recorder = EventRecorder()
        var configuration = try PostgresClientConfiguration(
            url: "postgres://app:\(canary)@127.0.0.1:\(server.port)/shop")
        configuration.observers = [recorder]
        configuration.server.observation = options
        let client = PostgresClient(configuration)
        let query: PostgresQuery = "SELECT secret FROM users WHERE a = \(canary) OR b = '\(raw: canary)'"
        _ = try await client.collect(query)
        _ = try? await client.execute("INSERT INTO users VALUES (\(canary))")
        _ = try await client.script("ALTER ROLE jo PASSWORD '\(canary)' -- \(canary)")
        await client.shutdown()
        #expect(server.failures.isEmpty)
        return recorder.events.map { event in
            var text = ""
            dump(event, to: &text)
            return text + "\(event)" + String(reflecting: event)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `by default nothing in an event shows data or a secret`() async throws {
        let texts = try await told()
        #expect(texts.filter { $0.contains(Self.canary) } == [])
        #expect(texts.contains { $0.contains("SELECT secret FROM users WHERE a = $1 OR b = ?") })
        #expect(texts.contains { $0.contains("22P02") })
    }

    @Test(.timeLimit(.minutes(1)))
    func `options show SQL and the server's messages, and never values or details`() async throws {
        var options = ObservationOptions()
        options.queryText = .full
        options.includesServerMessages = true
        let texts = try await told(options)
        #expect(texts.contains { $0.contains(#"b = \'canary-9f3b\'"#) })
        #expect(texts.contains { $0.contains("invalid input: canary-9f3b") })
        #expect(texts.contains { $0.contains("notice: canary-9f3b") })
        #expect(texts.allSatisfy { !$0.contains("Key (canary-9f3b)") })
        // What stands in the SQL is shown; the parameter of the same statement is not.
        #expect(texts.allSatisfy { !$0.contains("VALUES (canary-9f3b)") })
    }
}

import PostgresWire
import TestSupport

/// A conversation with a scripted server in which a canary goes everywhere where data and secrets go.
enum Conversation {
    /// Stands for the password, a parameter, a literal, a cell and what the server says of them.
    static let canary = "canary-4d1e"

    /// Runs a SELECT of one row, a statement that fails, a batch and a script through a pool of one connection.
    static func run(
        _ observer: any ClientObserver, _ change: (inout PostgresClientConfiguration) -> Void = { _ in }
    ) async throws {
        let server = try ScriptedServer { session in try session.serve(answers) }
        defer { server.stop() }
        var configuration = try PostgresClientConfiguration(
            url: "postgres://app:\(canary)@127.0.0.1:\(server.port)/shop")
        configuration.name = "main"
        configuration.maximumConnections = 1
        configuration.observers = [observer]
        change(&configuration)
        let client = PostgresClient(configuration)
        let rows = try await client.collect(
            "SELECT secret FROM users WHERE a = \(canary) OR b = '\(raw: canary)'")
        guard try rows.first?.decode(String.self, at: 0) == canary else { throw WrongAnswer() }
        _ = try? await client.execute("INSERT INTO users VALUES (\(canary))")
        _ = try await client.batch(["DELETE FROM a WHERE b = \(canary)", "DELETE FROM a WHERE b = 7"])
        _ = try await client.script("ALTER ROLE jo PASSWORD '\(canary)' -- \(canary)")
        await client.shutdown()
        if let failure = server.failures.first { throw failure }
    }

    private struct WrongAnswer: Error {}

    private static let answers = [
        ServerBytes.notice("00000", "notice: \(canary)")
            + ServerBytes.answer(["secret"], rows: [[canary]], tag: "SELECT 1"),
        ServerBytes.parseComplete + ServerBytes.noParameters + ServerBytes.noData
            + ServerBytes.error("22P02", "invalid input: \(canary)", detail: "Key (\(canary))")
            + ServerBytes.ready(),
        ServerBytes.parseComplete + ServerBytes.noParameters + ServerBytes.noData + ServerBytes.bindComplete
            + ServerBytes.complete("DELETE 2") + ServerBytes.answer(tag: "DELETE 3"),
        ServerBytes.complete("ALTER ROLE") + ServerBytes.ready(),
    ]
}

import PostgresWire
import TestSupport
import Testing

/// Conversations with the real server, recorded once for the process.
enum Recording {
    private static let recorded = Task {
        var plays: [Play] = []
        for conversation in Conversation.all { plays.append(Play(try await record(conversation))) }
        return plays
    }

    /// The plays of `Conversation.all`, in its order.
    static func plays() async throws -> [Play] { try await recorded.value }

    /// Has a conversation with the real server and keeps what was said.
    static func record(_ conversation: Conversation) async throws -> Transcript {
        var configuration = try PostgresConfiguration(url: try await TestServer.url())
        let tap = try WireTap(serverPort: configuration.port)
        defer { tap.close() }
        configuration.port = tap.port
        let answer = try await conversation.converse(configuration)
        try #require(answer == conversation.answer)
        return try #require(tap.finish().first)
    }
}

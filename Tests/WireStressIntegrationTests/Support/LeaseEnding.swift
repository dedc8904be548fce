import PostgresWire
import Testing

/// How a borrower leaves a session.
enum LeaseEnding: String, CaseIterable, Sendable, CustomStringConvertible {
    case normally
    case byError
    case byCancel

    struct Failure: Error {}

    var description: String { rawValue }

    /// Lends a connection to `body` and ends the loan in this way.
    func end(
        on client: PostgresClient, _ body: @escaping @Sendable (PostgresConnection) async throws -> Void
    ) async throws {
        switch self {
        case .normally: try await client.withConnection { try await body($0) }
        case .byError:
            await #expect(throws: Failure.self) {
                try await client.withConnection { connection in
                    try await body(connection)
                    throw Failure()
                }
            }
        case .byCancel:
            let (ready, signal) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                try await client.withConnection { connection in
                    try await body(connection)
                    signal.finish()
                    if connection.transactionStatus == .failed {
                        return try await Task.sleep(for: .seconds(30))
                    }
                    _ = try await connection.one("SELECT pg_sleep(30)::text", as: String.self)
                }
            }
            for await _ in ready {}
            task.cancel()
            guard case .failure(let error) = await task.result else {
                Issue.record("the loan ended as if it had not been cancelled")
                return
            }
            #expect(error is CancellationError || (error as? PostgresError)?.code == .cancelled)
        }
    }
}

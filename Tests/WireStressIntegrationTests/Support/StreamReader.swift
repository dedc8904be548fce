import PostgresWire

/// Ways to read more rows than anybody waits for.
enum StreamReader: String, CaseIterable, Sendable, CustomStringConvertible {
    /// Takes rows as fast as they come.
    case fast
    /// Sleeps between rows, so that reading has stopped at the buffer's limit.
    case slow
    /// Waits for a server that makes a row now and then.
    case waiting
    /// Sees the cancel itself and leaves.
    case polite

    /// A kilobyte and a number in each row, twenty gigabytes in all.
    static let endless: PostgresQuery = "SELECT repeat('x', 1000), generate_series(1, 20000000)"

    var description: String { rawValue }

    func read(from connection: PostgresConnection) async throws {
        let query: PostgresQuery =
            self == .waiting
            ? "SELECT pg_sleep(0.002)::text, generate_series(1, 20000000)" : StreamReader.endless
        var seen = 0
        for try await row in try await connection.query(query) {
            seen += 1
            guard try row.decode(Int.self, at: 1) == seen else { throw Disorder() }
            switch self {
            case .slow: try await Task.sleep(for: .milliseconds(1))
            case .polite: if Task.isCancelled { return try Task.checkCancellation() }
            case .fast, .waiting: break
            }
        }
    }

    struct Disorder: Error {}
}

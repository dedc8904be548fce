internal import PostgresWire

/// What sends statements: a pool, or the one connection of an open transaction.
protocol BatchRunner: Sendable {
    /// Sends statements in one round trip and one transaction; returns the rows of each.
    func send(_ queries: [PostgresQuery]) async throws(PostgresError) -> [PostgresRows]
}

extension PostgresClient: BatchRunner {
    func send(_ queries: [PostgresQuery]) async throws(PostgresError) -> [PostgresRows] {
        try await batch(queries)
    }
}

/// A caller that waits for a connection.
struct PoolWaiter {
    let continuation: UnsafeContinuation<Result<PooledConnection, PostgresError>, Never>
    let deadline: ContinuousClock.Instant
    let site: CallSite
}

/// A connection and the number the pool knows it by.
struct PooledConnection: Sendable {
    let number: Int
    let connection: PostgresConnection
}

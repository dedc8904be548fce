public import FoundationEssentials

/// Where time comes from: every instant and every wait of this package goes through one of these.
public protocol StoreClock: Sendable {
    /// The present instant.
    func now() -> Date

    /// Returns when `duration` has passed.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func sleep(for duration: Duration) async throws(CancellationError)
}

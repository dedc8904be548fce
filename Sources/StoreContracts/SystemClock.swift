public import FoundationEssentials

/// The clock of this machine.
public struct SystemClock: StoreClock {
    /// Creates the clock.
    public init() {}

    /// The present instant of this machine.
    public func now() -> Date { Date() }

    /// Returns when `duration` has passed, at once when it is not positive.
    public func sleep(for duration: Duration) async throws(CancellationError) {
        do {
            try await Task.sleep(for: duration)
        } catch {
            throw CancellationError()
        }
    }
}

/// How often a transaction is run again after a conflict with another one.
///
/// A conflict is the error 40001 (serialization failure) or 40P01 (deadlock), of a statement or of COMMIT: the server
/// has then rolled everything back. No other error is retried, and never one whose effect is unknown. The pauses grow
/// twofold, each with full jitter, so that transactions that met once do not meet again.
///
/// Source: PostgreSQL 18 manual, "Serialization Failure Handling".
public struct TransactionRetry: Hashable, Sendable {
    /// How often the transaction is run in all, at least once.
    public let attempts: Int
    /// The longest pause before the second attempt.
    public let baseDelay: Duration
    /// The longest pause before any attempt.
    public let maximumDelay: Duration

    /// Runs a transaction `attempts` times at most.
    ///
    /// - Parameters:
    ///   - attempts: 1 or more; 1 means no retry.
    ///   - baseDelay: The longest pause before the second attempt; it doubles with each further one.
    ///   - maximumDelay: What no pause exceeds.
    public init(
        attempts: Int, baseDelay: Duration = .milliseconds(5), maximumDelay: Duration = .milliseconds(500)
    ) {
        self.attempts = max(1, attempts)
        self.baseDelay = max(.zero, baseDelay)
        self.maximumDelay = max(.zero, maximumDelay)
    }

    /// One attempt: the default, since a body may do more than SQL, which running it again would do twice.
    public static let never = TransactionRetry(attempts: 1)

    /// Five attempts with pauses of up to 5, 10, 20 and 40 milliseconds.
    public static let standard = TransactionRetry(attempts: 5)

    /// The pause after an attempt that has failed.
    ///
    /// - Parameters:
    ///   - attempt: The number of the attempt, from 1.
    ///   - random: A number from 0 to 1, by which the longest pause is cut.
    /// - Returns: How long to wait.
    func pause(after attempt: Int, random: Double) -> Duration {
        min(maximumDelay, baseDelay * (1 << min(max(0, attempt - 1), 20))) * min(1, max(0, random))
    }

    /// Whether the server has rolled a transaction back for the sake of another one.
    static func isConflict(_ error: any Error) -> Bool {
        guard let error = error as? PostgresError, error.effect == .rolledBack else { return false }
        return error.sqlState == "40001" || error.sqlState == "40P01"
    }
}

public import FoundationEssentials

/// One claim of a job: who had it, from when to when, and how it ended.
public struct JobAttempt: Hashable, Sendable {
    /// The number of the attempt.
    public var attempt: Int
    /// The worker that claimed.
    public var workerID: String
    /// The run's epoch that the claim made.
    public var claimEpoch: Int
    /// When the job was claimed.
    public var startedAt: Date
    /// When the claim ended; nil while it lasts.
    public var endedAt: Date?
    /// Why it ended, if it did not end well.
    public var error: String?

    /// How many attempts a job keeps.
    public static let maximumKept = 20

    /// Creates the record of a claim.
    public init(
        attempt: Int, workerID: String, claimEpoch: Int, startedAt: Date, endedAt: Date? = nil,
        error: String? = nil
    ) {
        self.attempt = attempt
        self.workerID = workerID
        self.claimEpoch = claimEpoch
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.error = error
    }
}

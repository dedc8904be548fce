public import FoundationEssentials

/// How many jobs stand where.
public struct QueueDepth: Hashable, Sendable {
    /// Waiting jobs, those that are not visible yet included.
    public var waiting: Int
    /// Claimed jobs.
    public var active: Int
    /// Paused jobs.
    public var paused: Int
    /// Jobs that were given up.
    public var deadLetter: Int
    /// When the oldest job that could be claimed now was enqueued; nil if there is none.
    public var oldestClaimableAt: Date?

    /// Creates a count.
    public init(
        waiting: Int = 0, active: Int = 0, paused: Int = 0, deadLetter: Int = 0,
        oldestClaimableAt: Date? = nil
    ) {
        self.waiting = waiting
        self.active = active
        self.paused = paused
        self.deadLetter = deadLetter
        self.oldestClaimableAt = oldestClaimableAt
    }
}

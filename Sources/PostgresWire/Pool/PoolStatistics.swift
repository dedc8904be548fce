/// What a pool has now, and what it has done since it was made.
public struct PoolStatistics: Hashable, Sendable {
    /// Connections that are open, lent or idle.
    public internal(set) var connections = 0
    /// Connections that nobody uses.
    public internal(set) var idle = 0
    /// Connections that are lent.
    public internal(set) var lent = 0
    /// Connections that are being opened.
    public internal(set) var opening = 0
    /// Callers that wait.
    public internal(set) var waiting = 0

    /// Loans so far.
    public internal(set) var acquired = 0
    /// Loans that had to wait first.
    public internal(set) var waited = 0
    /// Callers whose deadline passed while they waited.
    public internal(set) var timedOut = 0
    /// Callers whose task was cancelled while they waited.
    public internal(set) var cancelled = 0
    /// Callers that were refused at once.
    public internal(set) var refused = 0
    /// Connections opened so far.
    public internal(set) var opened = 0
    /// Openings that failed.
    public internal(set) var failedOpenings = 0
    /// Connections that ended while they were lent or idle.
    public internal(set) var broken = 0
    /// Connections closed because they were unused, too old or expired.
    public internal(set) var retired = 0
    /// Loans that came back with a transaction open or a reply unread.
    public internal(set) var untidyReturns = 0
    /// Loans before which the session's state was reset.
    public internal(set) var resets = 0
    /// Loans that lasted longer than the leak threshold.
    public internal(set) var leaks = 0
}

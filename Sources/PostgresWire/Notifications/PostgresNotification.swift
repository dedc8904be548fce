/// A message that a session sent with `NOTIFY`.
///
/// Source: PostgreSQL 18 manual, "NOTIFY".
public struct PostgresNotification: Hashable, Sendable {
    /// The channel it was sent on.
    public let channel: String
    /// What the sender wrote, empty if it wrote nothing.
    public let payload: String
    /// The number of the server process that sent it, as in `pg_stat_activity.pid`.
    public let processID: Int32

    /// Creates a message; for tests of code that takes them.
    public init(channel: String, payload: String, processID: Int32) {
        self.channel = channel
        self.payload = payload
        self.processID = processID
    }
}

public import FoundationEssentials

/// A worker process.
public struct WorkerRecord: Hashable, Sendable {
    /// The worker's id, as it claims under.
    public var id: String
    /// The machine.
    public var host: String
    /// The process.
    public var processID: Int
    /// The version of the program.
    public var version: String
    /// How many jobs it runs at once.
    public var concurrency: Int
    /// When it started, by the store's clock; nil before it is stored.
    public var startedAt: Date?
    /// When it last claimed or renewed; nil before it is stored.
    public var lastSeenAt: Date?
    /// When it stopped; nil while it has not said so.
    public var stoppedAt: Date?

    /// Creates a record.
    public init(
        id: String, host: String, processID: Int, version: String, concurrency: Int, startedAt: Date? = nil,
        lastSeenAt: Date? = nil, stoppedAt: Date? = nil
    ) {
        self.id = id
        self.host = host
        self.processID = processID
        self.version = version
        self.concurrency = concurrency
        self.startedAt = startedAt
        self.lastSeenAt = lastSeenAt
        self.stoppedAt = stoppedAt
    }
}

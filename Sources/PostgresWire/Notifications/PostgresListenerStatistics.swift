/// What the connection that listens for a client has done so far.
public struct PostgresListenerStatistics: Sendable {
    /// Whether it stands now.
    public internal(set) var isConnected = false
    /// How many channels have consumers.
    public internal(set) var channels = 0
    /// How many sequences are alive.
    public internal(set) var consumers = 0
    /// How often it was opened.
    public internal(set) var connections = 0
    /// How often it could not be opened.
    public internal(set) var failedOpenings = 0
    /// How often it was lost.
    public internal(set) var losses = 0
    /// How many events slow consumers have not got; each of them was told so by an overflow.
    public internal(set) var dropped = 0
    /// Why it was lost, could not be opened or could not listen the last time.
    public internal(set) var lastError: PostgresError?
}

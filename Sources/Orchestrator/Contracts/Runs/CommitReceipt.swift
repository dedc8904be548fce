/// What the store answered to a commit.
public struct CommitReceipt: Hashable, Sendable {
    /// The version of the snapshot; nil if the commit had no state.
    public var stateVersion: Int?
    /// Whether the commit was already durable: an earlier attempt's answer had been lost.
    public var wasReplayed: Bool
    /// Whether somebody asked for the run to be cancelled.
    public var cancelRequested: Bool

    /// Creates a receipt.
    public init(
        stateVersion: Int?, wasReplayed: Bool = false, cancelRequested: Bool = false
    ) {
        self.stateVersion = stateVersion
        self.wasReplayed = wasReplayed
        self.cancelRequested = cancelRequested
    }
}

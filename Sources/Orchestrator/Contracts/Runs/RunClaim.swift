public import FoundationEssentials

/// The fence of a claim: writes about the run pass only while the run has this epoch.
public struct RunClaim: Hashable, Sendable {
    /// The run.
    public var runID: UUID
    /// The epoch that the claim made.
    public var epoch: Int

    /// Creates a fence.
    public init(runID: UUID, epoch: Int) {
        self.runID = runID
        self.epoch = epoch
    }
}

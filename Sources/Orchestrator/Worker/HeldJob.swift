import FoundationEssentials

/// A job that this worker holds.
struct HeldJob: Sendable {
    /// Why the worker gave the execution up.
    enum Abandonment: Sendable {
        /// The claim is lost: touch nothing.
        case claimLost
        /// The worker stops: hand the job back if the execution ends.
        case stopping
    }

    let claimed: ClaimedJob
    /// The runner, once there is one.
    var runner: GraphRunner?
    /// When the claim was made or last renewed for sure.
    var renewedAt: Date
    var abandonment: Abandonment?
    var isCancelRequested = false
}

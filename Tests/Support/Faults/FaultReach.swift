/// How much of the network falls silent.
package enum FaultReach: Sendable {
    /// What this side says from now on.
    case direction
    /// Both directions of this connection.
    case connection
    /// This connection and all others, also those that come: they are accepted and never answered.
    case network
}

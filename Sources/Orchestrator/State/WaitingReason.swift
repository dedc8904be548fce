/// Names what a waiting run waits for; the raw values are the wire names.
///
/// The runtime itself writes only ``humanApproval``.
public enum WaitingReason: String, Sendable, Hashable, CaseIterable {
    /// A person's decision.
    case humanApproval = "human_approval"
    /// Something outside the run.
    case externalEvent = "external_event"
    /// A point in time.
    case scheduledTime = "scheduled_time"
    /// A rate limit to pass.
    case rateLimit = "rate_limit"
    /// A resource to become free.
    case resourceLimit = "resource_limit"
}

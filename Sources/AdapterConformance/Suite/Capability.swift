/// Something that not every adapter has; promises that need it are skipped where it is missing, with the reason.
public enum Capability: String, Sendable, Hashable, CaseIterable {
    /// Time can be made to pass without waiting for it.
    case passingTime
    /// Several calls can be under way at once and see each other's effects only when they are durable.
    case concurrency
    /// More than the seed tenant exists.
    case tenants
    /// Somebody who waits is told when jobs become claimable.
    case wakeUps
}

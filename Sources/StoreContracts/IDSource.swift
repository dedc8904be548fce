public import FoundationEssentials

/// Where fresh ids come from.
public protocol IDSource: Sendable {
    /// A UUID that no earlier call returned.
    func next() -> UUID
}

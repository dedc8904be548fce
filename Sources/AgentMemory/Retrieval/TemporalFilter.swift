public import FoundationEssentials

/// A record that holds for a time and may be made void.
public protocol TemporalRecord {
    /// Since when it holds.
    var validFrom: Date { get }
    /// Since when it holds no more; nil while it holds.
    var validUntil: Date? { get }
    /// What made it void.
    var invalidatedBy: String? { get }
}

extension SemanticFact: TemporalRecord {}
extension Relationship: TemporalRecord {}

/// Admits records by the time for which they hold.
public struct TemporalFilter: Hashable, Sendable {
    /// Only records that hold at this instant: begun by then and not ended.
    public var validAt: Date?
    /// Only records that began, or end, after this instant.
    public var changedSince: Date?
    /// Also records that were made void.
    public var includeInvalidated: Bool

    /// Admits every record that is not void, unless narrowed.
    public init(validAt: Date? = nil, changedSince: Date? = nil, includeInvalidated: Bool = false) {
        self.validAt = validAt
        self.changedSince = changedSince
        self.includeInvalidated = includeInvalidated
    }

    /// Whether a record passes.
    public func admits(_ record: some TemporalRecord) -> Bool {
        if !includeInvalidated, record.invalidatedBy != nil { return false }
        if let validAt {
            guard record.validFrom <= validAt else { return false }
            if let end = record.validUntil, end <= validAt { return false }
        }
        if let changedSince {
            guard record.validFrom > changedSince || (record.validUntil ?? .distantPast) > changedSince else {
                return false
            }
        }
        return true
    }
}

public import FoundationEssentials

/// A place in a list: after the row with this instant and id.
///
/// Lists are ordered by an instant, then by id, so a cursor stays valid while rows come and go.
public struct PageCursor: Hashable, Sendable {
    /// The instant that the list is ordered by, of the last row seen.
    public let instant: Date
    /// The id of the last row seen.
    public let id: UUID

    /// Creates a cursor after the row with this instant and id.
    public init(instant: Date, id: UUID) {
        self.instant = instant
        self.id = id
    }
}

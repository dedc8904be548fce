/// Which part of a list to return.
public struct Page: Hashable, Sendable {
    /// Where the part begins.
    public enum Start: Hashable, Sendable {
        /// After this many rows. The cost grows with the number, and rows that come or go shift the pages.
        case offset(Int)
        /// After the row that the cursor names. The cost does not depend on the place.
        case after(PageCursor)
    }

    /// The greatest number of rows to return; 0 returns none.
    public let limit: Int
    /// Where the part begins.
    public let start: Start

    /// The first 100 rows.
    public static let first = Page(checkedLimit: 100, start: .offset(0))

    /// Skips `offset` rows and returns at most `limit`.
    ///
    /// - Throws: `invalidArgument` if either is negative.
    public init(limit: Int = 100, offset: Int = 0) throws(StoreError) {
        guard limit >= 0 else { throw StoreError(.invalidArgument(name: "limit"), cause: "it is negative") }
        guard offset >= 0 else { throw StoreError(.invalidArgument(name: "offset"), cause: "it is negative") }
        self.init(checkedLimit: limit, start: .offset(offset))
    }

    /// Returns at most `limit` rows after the one that `cursor` names.
    ///
    /// - Throws: `invalidArgument` if `limit` is negative.
    public init(limit: Int = 100, after cursor: PageCursor) throws(StoreError) {
        guard limit >= 0 else { throw StoreError(.invalidArgument(name: "limit"), cause: "it is negative") }
        self.init(checkedLimit: limit, start: .after(cursor))
    }

    private init(checkedLimit limit: Int, start: Start) {
        self.limit = limit
        self.start = start
    }
}

/// How searches use the indexes of the tables.
public struct PostgresIndexOptions: Hashable, Sendable {
    /// Which index a search reads.
    public enum Precision: Hashable, Sendable {
        /// The index on `vector` up to 2,000 dimensions, which is what it can hold, and that on `halfvec` above.
        case automatic
        /// The index on `vector`.
        case full
        /// An index on `embedding::halfvec(n)`, half as large; its results are compared again in full precision.
        ///
        /// It tells vectors that are nearly the same apart no more, and then finds fewer of the nearest: with many
        /// such vectors raise `efSearch`.
        case half
    }

    /// Which index a search reads.
    public var precision = Precision.automatic
    /// How many candidates the index keeps at a time, 1 to 1,000; nil: twice what the index gives, at least 40.
    public var efSearch: Int?
    /// Whether indexes are left alone: exact, at the cost of comparing with every vector that passes the filter.
    public var isExact = false

    /// Starts from the usual.
    public init() {}

    /// The least of `candidates` that the index keeps.
    func efSearch(for candidates: Int) -> Int { min(1000, max(1, efSearch ?? max(40, candidates))) }
}

/// How near is measured; greater scores are nearer in each of them.
public enum VectorDistance: String, Hashable, Sendable, CaseIterable {
    /// The score is the cosine of the angle between the vectors. The tables have indexes for it.
    case cosine
    /// The score is the Euclidean distance with its sign turned.
    case euclidean
    /// The score is the inner product.
    case innerProduct

    /// The score of two vectors, which must be equally long; nil if they have none, as zero vectors have no angle.
    package func score(_ left: [Float], _ right: [Float]) -> Double? {
        guard left.count == right.count else { return nil }
        switch self {
        case .cosine:
            guard left.contains(where: { $0 != 0 }), right.contains(where: { $0 != 0 }) else { return nil }
            return cosineSimilarity(left, right)
        case .euclidean:
            return -zip(left, right).reduce(0.0) { sum, pair in
                let difference = Double(pair.0) - Double(pair.1)
                return sum + difference * difference
            }.squareRoot()
        case .innerProduct:
            return zip(left, right).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        }
    }
}

/// How a search goes.
public struct SearchOptions: Hashable, Sendable {
    /// The greatest number of results; 0 returns none.
    public var limit: Int
    /// The least score of a result, this value included.
    public var minSimilarity: Double
    /// How near is measured.
    public var distance: VectorDistance
    /// Which facts may be found, decided before the cut to `limit`.
    ///
    /// Other kinds are not filtered by it, but that entities that were given up are left out unless
    /// `includeInvalidated`. The default admits everything.
    public var filter: FactFilter

    /// The usual: 20 results of at least 0.5 by the cosine.
    public init(
        limit: Int = 20, minSimilarity: Double = 0.5, distance: VectorDistance = .cosine,
        filter: FactFilter = FactFilter(includeInvalidated: true, includesEmbeddings: false)
    ) {
        self.limit = limit
        self.minSimilarity = minSimilarity
        self.distance = distance
        self.filter = filter
    }
}

internal import AgentMemory
internal import FoundationEssentials
internal import PostgresWire
internal import StoreContracts

/// The statement that finds the nearest records.
///
/// The vector is the first parameter and bound once. The nearest rows that pass the filter are taken first, by the
/// index; only if these are fewer than wanted, as an index without iterative scan may leave them, the same is done
/// without index in the same statement. The bound on the score is applied last, so that a query near nothing
/// does not walk the whole index.
struct SearchSQL {
    let table: QualifiedName
    let columns: String
    let condition: PostgresQuery
    let options: SearchOptions
    let index: PostgresIndexOptions
    let dimensions: Int

    private var isHalf: Bool {
        switch index.precision {
        case .automatic: dimensions > 2000
        case .full: false
        case .half: true
        }
    }

    private var symbol: String {
        let known: PostgresVectorOperator =
            switch options.distance {
            case .cosine: .cosine
            case .euclidean: .euclidean
            case .innerProduct: .negativeInnerProduct
            }
        return known.rawValue
    }

    /// How many rows the index gives: with half vectors more, since their order is only nearly right.
    var reach: Int { isHalf ? max(options.limit * 4, 40) : options.limit }

    /// The greatest distance of a result; nil if every distance will do.
    private var bound: Double? {
        guard options.minSimilarity > -.infinity else { return nil }
        return options.distance == .cosine ? 1 - options.minSimilarity : -options.minSimilarity
    }

    /// The settings of the search, for the rest of the transaction; those that this pgvector lacks are left out.
    ///
    /// Source: pgvector's README, "Iterative Index Scans"; they exist from 0.8.0 on.
    var settings: PostgresQuery {
        let breadth = String(index.efSearch(for: 2 * reach))
        return """
            SELECT set_config('hnsw.ef_search', \(breadth), true),
                (SELECT set_config('hnsw.iterative_scan', 'strict_order', true)
                    FROM pg_catalog.pg_extension WHERE extname = 'vector'
                        AND regexp_replace(extversion, '[^0-9.].*', '')
                            !~ '^0\\.[0-7](\\.|$)')
            """
    }

    /// The search itself: the columns, then the distance, nearest first.
    func query(_ vector: [Float]) -> PostgresQuery {
        let full = "t.embedding \(symbol) $1"
        let half = "t.embedding::halfvec(\(dimensions)) \(symbol) $1::halfvec(\(dimensions))"
        let guess = index.isExact ? "(\(full)) + 0" : isHalf ? half : full
        let second = index.isExact ? "false" : "(SELECT count(*) FROM near) < $2"
        let limit = bound.map { ceiling -> PostgresQuery in "WHERE n.distance <= \(ceiling)" }
        return """
            WITH given AS (SELECT \(PostgresVector(vector))::vector AS v, \(reach)::int8 AS n),
            near AS MATERIALIZED (
                SELECT t.id, \(raw: full) AS distance FROM \(table) AS t
                WHERE t.embedding IS NOT NULL AND \(condition)
                ORDER BY \(raw: guess) LIMIT $2),
            exact AS MATERIALIZED (
                SELECT t.id, \(raw: full) AS distance FROM \(table) AS t
                WHERE \(raw: second) AND t.embedding IS NOT NULL AND \(condition)
                ORDER BY (\(raw: full)) + 0 LIMIT $2),
            found AS (SELECT id, distance FROM near UNION SELECT id, distance FROM exact)
            SELECT \(raw: columns) FROM found AS n JOIN \(table) AS t ON t.id = n.id
            \(limit ?? "WHERE n.distance <> 'NaN'")
            ORDER BY n.distance, t.id LIMIT \(options.limit)
            """
    }

    /// The score of a distance.
    func score(_ distance: Double) -> Double {
        options.distance == .cosine ? 1 - distance : -distance
    }
}

public import PostgresCodecs

extension PostgresQuery.StringInterpolation {
    /// Inserts one of pgvector's operators: `ORDER BY embedding \(.cosine) \(vector)`.
    public mutating func appendInterpolation(_ distance: PostgresVectorOperator) {
        appendInterpolation(raw: distance.rawValue)
    }
}

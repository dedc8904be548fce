/// The operators of pgvector that tell how far two vectors are apart; all of them can be served by an index.
///
/// Source: pgvector's README, "Querying".
public enum PostgresVectorOperator: String, Sendable, CaseIterable {
    /// The length of the line between two vectors (L2).
    case euclidean = "<->"
    /// The inner product with its sign turned, so that less is nearer.
    case negativeInnerProduct = "<#>"
    /// One less the cosine of the angle between two vectors.
    case cosine = "<=>"
    /// The sum of the distances along the axes (L1).
    case taxicab = "<+>"
    /// The number of bits in which two binary vectors differ.
    case hamming = "<~>"
    /// One less the share of common bits among all bits that are set in two binary vectors.
    case jaccard = "<%>"

    /// The end of the name of the operator class that an index needs, as `l2_ops` in `vector_l2_ops`.
    public var operatorClassSuffix: String {
        switch self {
        case .euclidean: "l2_ops"
        case .negativeInnerProduct: "ip_ops"
        case .cosine: "cosine_ops"
        case .taxicab: "l1_ops"
        case .hamming: "hamming_ops"
        case .jaccard: "jaccard_ops"
        }
    }
}

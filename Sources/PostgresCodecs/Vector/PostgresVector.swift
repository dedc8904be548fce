/// A vector of single precision: pgvector's type `vector`.
///
/// Source: pgvector's README, "Vector Type".
public struct PostgresVector: Hashable, Sendable {
    /// The greatest number of dimensions.
    public static let maximumDimensions = 16_000

    /// The elements; the server takes between 1 and 16,000 finite ones.
    public var elements: [Float]

    /// Wraps the elements of a vector; they are checked when the vector is sent.
    public init(_ elements: [Float]) { self.elements = elements }
}

extension PostgresVector: ExpressibleByArrayLiteral {
    /// Makes a vector.
    public init(arrayLiteral elements: Float...) { self.elements = elements }
}

extension PostgresVector: CustomStringConvertible {
    /// pgvector's text form: `[1,-2.5]`.
    public var description: String { "[" + elements.map(PostgresFloatText.text).joined(separator: ",") + "]" }
}

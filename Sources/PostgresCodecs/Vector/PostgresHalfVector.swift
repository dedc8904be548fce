public import PostgresProtocol

/// A vector of half precision: pgvector's type `halfvec`.
///
/// The elements are kept in single precision and rounded to the nearest half when they are sent.
///
/// Source: pgvector's README, "Halfvec Type".
public struct PostgresHalfVector: Hashable, Sendable {
    /// The greatest number of dimensions.
    public static let maximumDimensions = 16_000

    /// The elements; the server takes between 1 and 16,000, of a magnitude of at most 65,504.
    public var elements: [Float]

    /// Wraps the elements of a vector; they are checked when the vector is sent.
    public init(_ elements: [Float]) { self.elements = elements }
}

extension PostgresHalfVector: ExpressibleByArrayLiteral {
    /// Makes a vector.
    public init(arrayLiteral elements: Float...) { self.elements = elements }
}

extension PostgresHalfVector: CustomStringConvertible {
    /// pgvector's text form with the shortest text of each element.
    public var description: String { PostgresVector(elements).description }
}

extension PostgresHalfVector: PostgresEncodable {
    /// Unspecified: the number of an extension's type differs from database to database.
    @inlinable public static var postgresType: PostgresOID { .unspecified }

    /// `halfvec`, wherever `search_path` finds it.
    public static var postgresTypeName: String? { "halfvec" }

    /// Appends the number of dimensions, two bytes 0, and the elements.
    ///
    /// - Throws: `invalidVector` if there is no element, more than 16,000, or one that half precision cannot hold.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard !elements.isEmpty else { throw .invalidVector(reason: "no elements") }
        guard elements.count <= Self.maximumDimensions else {
            throw .invalidVector(reason: "more than 16,000 elements")
        }
        let start = writer.count
        writer.append(Int16(truncatingIfNeeded: elements.count))
        writer.append(Int16(0))
        for element in elements {
            guard let bits = HalfFloat.bits(element) else {
                writer.truncate(to: start)
                throw .invalidVector(reason: "an element that half precision cannot hold")
            }
            writer.append(bits)
        }
    }
}

extension PostgresHalfVector: PostgresDecodable {
    /// Takes types of extensions: only the bytes tell whether it is a `halfvec`.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool { type.isUserDefined }

    /// Reads the elements.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard cell.format == .binary else {
            elements = try PostgresVector.elements(ofText: cell)
            return
        }
        var reader = ByteReader(cell.bytes)
        let count = Int(try reader.decode(Int16.self))
        let unused = try reader.decode(Int16.self)
        guard 1...Self.maximumDimensions ~= count else {
            throw .malformed(.lengthOutOfRange(count, offset: 0))
        }
        guard unused == 0 else { throw .malformed(.unknownCode(Int(unused), offset: 2)) }
        guard reader.remaining >= count * 2 else {
            throw .malformed(.truncated(needed: count * 2, available: reader.remaining, offset: 4))
        }
        var elements: [Float] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(HalfFloat.float(try reader.decode(UInt16.self))) }
        try reader.finishDecoding()
        self.elements = elements
    }
}

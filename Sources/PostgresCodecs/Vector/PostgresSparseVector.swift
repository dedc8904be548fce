public import PostgresProtocol

/// A vector that names only its elements other than zero: pgvector's type `sparsevec`.
///
/// Source: pgvector's README, "Sparsevec Type".
public struct PostgresSparseVector: Hashable, Sendable {
    /// The greatest number of dimensions.
    public static let maximumDimensions = 1_000_000_000
    /// The greatest number of elements other than zero.
    public static let maximumElements = 16_000

    /// How many dimensions the vector has, zeros included.
    public let dimensions: Int
    /// Which dimensions are not zero, counted from 0, ascending.
    public let indices: [Int32]
    /// The elements of these dimensions.
    public let values: [Float]

    /// Makes a vector of finite elements by dimension, counted from 0; zeros are left out.
    ///
    /// Nil unless there are 1 to 1,000,000,000 dimensions, all indices lie among them, and at most 16,000 elements,
    /// all finite, are not zero.
    public init?(dimensions: Int, elements: [Int: Float]) {
        let sorted = elements.filter { $0.value != 0 }.sorted { $0.key < $1.key }
        guard 1...Self.maximumDimensions ~= dimensions, sorted.count <= Self.maximumElements,
            sorted.allSatisfy({ 0..<dimensions ~= $0.key && $0.value.isFinite })
        else { return nil }
        self.dimensions = dimensions
        indices = sorted.map { Int32(truncatingIfNeeded: $0.key) }
        values = sorted.map(\.value)
    }
}

extension PostgresSparseVector: CustomStringConvertible {
    /// pgvector's text form, which counts dimensions from 1: `{1:1.5,3:-2}/5`.
    public var description: String {
        let elements = zip(indices, values).map { "\(Int($0) + 1):\(PostgresFloatText.text($1))" }
        return "{" + elements.joined(separator: ",") + "}/\(dimensions)"
    }
}

extension PostgresSparseVector: PostgresEncodable {
    /// Unspecified: the number of an extension's type differs from database to database.
    @inlinable public static var postgresType: PostgresOID { .unspecified }

    /// `sparsevec`, wherever `search_path` finds it.
    public static var postgresTypeName: String? { "sparsevec" }

    /// Appends three counts, the indices and the elements.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(Int32(truncatingIfNeeded: dimensions))
        writer.append(Int32(truncatingIfNeeded: indices.count))
        writer.append(Int32(0))
        for index in indices { writer.append(index) }
        for value in values { writer.append(value.bitPattern) }
    }
}

extension PostgresSparseVector: PostgresDecodable {
    /// Takes types of extensions in binary form: only the bytes tell whether it is a `sparsevec`.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type.isUserDefined && format == .binary
    }

    /// Reads the counts, the indices and the elements.
    ///
    /// - Throws: `malformed` for counts or indices that contradict each other.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        var reader = ByteReader(cell.bytes)
        let dimensions = Int(try reader.decode(Int32.self))
        guard 1...Self.maximumDimensions ~= dimensions else {
            throw .malformed(.lengthOutOfRange(dimensions, offset: 0))
        }
        let count = Int(try reader.decode(Int32.self))
        guard 0...min(Self.maximumElements, dimensions) ~= count else {
            throw .malformed(.lengthOutOfRange(count, offset: 4))
        }
        let unused = try reader.decode(Int32.self)
        guard unused == 0 else { throw .malformed(.unknownCode(Int(unused), offset: 8)) }
        var indices: [Int32] = []
        for position in 0..<count {
            let index = try reader.decode(Int32.self)
            guard index > indices.last ?? -1, Int(index) < dimensions else {
                throw .malformed(.lengthOutOfRange(Int(index), offset: 12 + position * 4))
            }
            indices.append(index)
        }
        var values: [Float] = []
        for _ in 0..<count { values.append(Float(bitPattern: try reader.decode(UInt32.self))) }
        try reader.finishDecoding()
        self.dimensions = dimensions
        self.indices = indices
        self.values = values
    }
}

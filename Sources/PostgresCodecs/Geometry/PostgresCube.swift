public import PostgresProtocol

/// A point or a box of any number of dimensions: `cube` of the extension of this name.
///
/// Source: PostgreSQL 18 manual, "cube".
public struct PostgresCube: Hashable, Sendable {
    /// The greatest number of dimensions; `CUBE_MAX_DIM` of the extension.
    public static let maximumDimensions = 100

    /// The coordinates of one corner.
    public let corner: [Double]
    /// The coordinates of the opposite corner; nil for a point.
    public let opposite: [Double]?

    /// Makes a point.
    ///
    /// Nil beyond 100 dimensions.
    public init?(point: [Double]) {
        guard point.count <= Self.maximumDimensions else { return nil }
        corner = point
        opposite = nil
    }

    /// Makes a box of two opposite corners; nil beyond 100 dimensions and for corners that differ in them.
    public init?(_ corner: [Double], _ opposite: [Double]) {
        guard corner.count == opposite.count, corner.count <= Self.maximumDimensions else { return nil }
        self.corner = corner
        self.opposite = opposite
    }
}

extension PostgresCube: CustomStringConvertible {
    /// The server's text: `(1, 2),(3, 4)`, or `(1, 2)` for a point.
    public var description: String {
        // The server shows one corner of a box whose corners are the same.
        let corners = opposite.map { $0 == corner ? [corner] : [corner, $0] } ?? [corner]
        return corners.map { "(" + $0.map(PostgresFloatText.text).joined(separator: ", ") + ")" }
            .joined(separator: ",")
    }
}

extension PostgresCube: PostgresEncodable {
    /// Unspecified: the number of an extension's type differs from database to database.
    public static var postgresType: PostgresOID { .unspecified }

    /// `cube`, wherever `search_path` finds it.
    public static var postgresTypeName: String? { "cube" }

    /// Appends the number of dimensions, marked if this is a point, and the coordinates.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(UInt32(truncatingIfNeeded: corner.count) | (opposite == nil ? Self.pointBit : 0))
        for value in corner + (opposite ?? []) { writer.append(value) }
    }

    private static let pointBit: UInt32 = 0x8000_0000
}

extension PostgresCube: PostgresDecodable {
    /// Takes types of extensions in binary form: only the bytes tell whether it is a `cube`.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type.isUserDefined && format == .binary
    }

    /// Reads the corners.
    ///
    /// - Throws: `malformed` for more than 100 dimensions and another length than they need.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        var reader = ByteReader(cell.bytes)
        let header = try reader.decode(UInt32.self)
        let dimensions = Int(header & ~Self.pointBit)
        guard dimensions <= Self.maximumDimensions else {
            throw .malformed(.lengthOutOfRange(dimensions, offset: 0))
        }
        corner = try Self.corner(&reader, dimensions)
        opposite = header & Self.pointBit == 0 ? try Self.corner(&reader, dimensions) : nil
        try reader.finishDecoding()
    }

    @_lifetime(reader: copy reader)
    private static func corner(_ reader: inout ByteReader, _ count: Int) throws(DecodingFault) -> [Double] {
        var values: [Double] = []
        for _ in 0..<count { values.append(try reader.decodeDouble()) }
        return values
    }
}

public import PostgresProtocol

/// Ranges that do not touch each other, in ascending order.
///
/// Source: PostgreSQL 18 manual, "Range Types" (multiranges).
public struct PostgresMultirange<Bound> {
    /// The ranges; the server sorts and joins them, whatever it is sent.
    public var ranges: [PostgresRange<Bound>]

    /// Makes a multirange.
    public init(_ ranges: [PostgresRange<Bound>]) { self.ranges = ranges }
}

extension PostgresMultirange: Sendable where Bound: Sendable {}
extension PostgresMultirange: Equatable where Bound: Equatable {}
extension PostgresMultirange: Hashable where Bound: Hashable {}

extension PostgresMultirange: ExpressibleByArrayLiteral {
    /// Makes a multirange.
    public init(arrayLiteral elements: PostgresRange<Bound>...) { ranges = elements }
}

extension PostgresMultirange: PostgresEncodableElement where Bound: PostgresEncodable {}
extension PostgresMultirange: PostgresEncodable where Bound: PostgresEncodable {
    /// The built-in multirange type of the bounds; unspecified for any other.
    public static var postgresType: PostgresOID { Bound.postgresType.multirangeType ?? .unspecified }

    /// Appends the number of ranges, and each with its length.
    ///
    /// - Throws: What the ranges throw.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(Int32(truncatingIfNeeded: ranges.count))
        for range in ranges { try range.encodeField(into: &writer) }
    }
}

extension PostgresMultirange: PostgresDecodableElement where Bound: PostgresDecodable {}
extension PostgresMultirange: PostgresDecodable where Bound: PostgresDecodable {
    /// Takes multiranges of what the bounds take, and multirange types of users, in binary form.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        guard format == .binary else { return false }
        if let bound = type.rangeBoundType { return type.isMultirange && Bound.accepts(bound, .binary) }
        return type.isUserDefined
    }

    /// Reads the ranges.
    ///
    /// - Throws: `malformed` for counts and lengths that contradict the bytes, and what the ranges throw.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        var reader = ByteReader(cell.bytes)
        let type = PostgresRange<Bound>.boundType(of: cell.type)
        let count = try reader.decodeCount(Int32.self, elementBytes: 5)
        ranges = []
        ranges.reserveCapacity(count)
        for _ in 0..<count {
            let length = Int(try reader.decode(Int32.self))
            var part = ByteReader(try reader.decodeBytes(count: length))
            ranges.append(try PostgresRange(reading: &part, bound: type))
            try part.finishDecoding()
        }
        try reader.finishDecoding()
    }
}

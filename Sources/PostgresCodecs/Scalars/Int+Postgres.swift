public import PostgresProtocol

extension Int: PostgresEncodable {
    /// `int8`.
    @inlinable public static var postgresType: PostgresOID { .int8 }

    /// Appends the value.
    @inlinable
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) { writer.append(pattern) }

    /// Appends the length and the value.
    @inlinable
    public func encodeField(into writer: inout ByteWriter) throws(EncodingFault) {
        encodeFixedField(into: &writer)
    }

    /// Appends the elements in bulk.
    @inlinable
    public static func encodePostgresElements(
        _ values: [Int], into writer: inout ByteWriter
    ) throws(EncodingFault) -> Bool {
        encodeInBulk(values, into: &writer)
        return false
    }
}

extension Int: PostgresDecodable {
    /// Takes `int8`, `int4`, `int2` and `oid`.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        Int64.accepts(type, format)
    }

    /// Reads the value.
    ///
    /// - Throws: `outOfRange` for what the platform's `Int` cannot hold.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard let value = Int(exactly: try cell.widenedInteger()) else { throw .outOfRange }
        self = value
    }

    /// Reads the elements in bulk.
    @_lifetime(reader: copy reader)
    public static func decodePostgresElements(
        _ reader: inout ByteReader, type: PostgresOID, count: Int
    ) throws(DecodingFault) -> [Int] {
        try decodeInBulk(&reader, type, count)
    }
}

extension Int: PostgresFixedWidth {
    @inlinable var pattern: Int64 { Int64(self) }

    @inlinable
    init(pattern: Int64) { self = Int(truncatingIfNeeded: pattern) }
}

public import PostgresProtocol

extension Int16: PostgresEncodable {
    /// `int2`.
    @inlinable public static var postgresType: PostgresOID { .int2 }

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
        _ values: [Int16], into writer: inout ByteWriter
    ) throws(EncodingFault) -> Bool {
        encodeInBulk(values, into: &writer)
        return false
    }
}

extension Int16: PostgresDecodable {
    /// Takes `int2`.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .int2
    }

    /// Reads the value.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        self = try cell.format == .binary ? cell.integer(Int16.self) : cell.parse { Int16($0) }
    }

    /// Reads the elements in bulk.
    @_lifetime(reader: copy reader)
    public static func decodePostgresElements(
        _ reader: inout ByteReader, type: PostgresOID, count: Int
    ) throws(DecodingFault) -> [Int16] {
        try decodeInBulk(&reader, type, count)
    }
}

extension Int16: PostgresFixedWidth {
    @inlinable var pattern: Int16 { self }

    @inlinable
    init(pattern: Int16) { self = pattern }
}

public import PostgresProtocol

extension Int32: PostgresEncodable {
    /// `int4`.
    @inlinable public static var postgresType: PostgresOID { .int4 }

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
        _ values: [Int32], into writer: inout ByteWriter
    ) throws(EncodingFault) -> Bool {
        encodeInBulk(values, into: &writer)
        return false
    }
}

extension Int32: PostgresDecodable {
    /// Takes `int4` and `int2`.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .int4 || type == .int2
    }

    /// Reads the value.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard cell.format == .binary else {
            self = try cell.parse { Int32($0) }
            return
        }
        self = cell.type == .int2 ? Int32(try cell.integer(Int16.self)) : try cell.integer(Int32.self)
    }

    /// Reads the elements in bulk.
    @_lifetime(reader: copy reader)
    public static func decodePostgresElements(
        _ reader: inout ByteReader, type: PostgresOID, count: Int
    ) throws(DecodingFault) -> [Int32] {
        try decodeInBulk(&reader, type, count)
    }
}

extension Int32: PostgresFixedWidth {
    @inlinable var pattern: Int32 { self }

    @inlinable
    init(pattern: Int32) { self = pattern }
}

public import PostgresProtocol

extension Int64: PostgresEncodable {
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
        _ values: [Int64], into writer: inout ByteWriter
    ) throws(EncodingFault) -> Bool {
        encodeInBulk(values, into: &writer)
        return false
    }
}

extension Int64: PostgresDecodable {
    /// Takes `int8`, `int4`, `int2` and `oid`.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .int8 || type == .int4 || type == .int2 || type == .oid
    }

    /// Reads the value.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) { self = try cell.widenedInteger() }

    /// Reads the elements in bulk.
    @_lifetime(reader: copy reader)
    public static func decodePostgresElements(
        _ reader: inout ByteReader, type: PostgresOID, count: Int
    ) throws(DecodingFault) -> [Int64] {
        try decodeInBulk(&reader, type, count)
    }
}

extension Int64: PostgresFixedWidth {
    @inlinable var pattern: Int64 { self }

    @inlinable
    init(pattern: Int64) { self = pattern }
}

extension PostgresCell {
    /// Reads an integer of any size.
    @inlinable
    func widenedInteger() throws(DecodingFault) -> Int64 {
        guard format == .binary else { return try parse { Int64($0) } }
        if type == .int8 { return try integer(Int64.self) }
        if type == .int4 { return Int64(try integer(Int32.self)) }
        if type == .int2 { return Int64(try integer(Int16.self)) }
        return Int64(try integer(UInt32.self))
    }
}

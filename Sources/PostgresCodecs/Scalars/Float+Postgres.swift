public import PostgresProtocol

extension Float: PostgresEncodable {
    /// `float4`.
    @inlinable public static var postgresType: PostgresOID { .float4 }

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
        _ values: [Float], into writer: inout ByteWriter
    ) throws(EncodingFault) -> Bool {
        encodeInBulk(values, into: &writer)
        return false
    }
}

extension Float: PostgresDecodable {
    /// Takes `float4`.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .float4
    }

    /// Reads the value; in text form, also `NaN`, `Infinity` and `-Infinity`.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard cell.format == .binary else {
            self = try cell.parse { Float($0) }
            return
        }
        self.init(bitPattern: try cell.integer(UInt32.self))
    }

    /// Reads the elements in bulk.
    @_lifetime(reader: copy reader)
    public static func decodePostgresElements(
        _ reader: inout ByteReader, type: PostgresOID, count: Int
    ) throws(DecodingFault) -> [Float] {
        try decodeInBulk(&reader, type, count)
    }
}

extension Float: PostgresFixedWidth {
    @inlinable var pattern: UInt32 { bitPattern }

    @inlinable
    init(pattern: UInt32) { self.init(bitPattern: pattern) }
}

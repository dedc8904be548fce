public import PostgresProtocol

/// A byte is no value of its own in PostgreSQL; `[UInt8]` is `bytea`.
extension UInt8: PostgresEncodableElement {
    /// `bytea`.
    @inlinable public static var postgresArrayType: PostgresOID { .bytea }
    /// Binary.
    @inlinable public static var postgresArrayFormat: PostgresFormat { .binary }
    /// True.
    @inlinable public static var postgresArrayIsScalar: Bool { true }
    /// `bytea`.
    @inlinable public static var postgresLeafType: PostgresOID { .bytea }

    /// Appends the bytes as they are.
    @inlinable
    public static func encodePostgresArray(
        _ values: [UInt8], into writer: inout ByteWriter
    ) throws(EncodingFault) {
        values.withUnsafeBytes { writer.append(buffer: $0) }
    }

    /// Appends the bytes in hexadecimal.
    public static func encodePostgresText(
        _ values: [UInt8], into writer: inout ByteWriter
    ) throws(EncodingFault) {
        writer.append(utf8: "\\x")
        for byte in values {
            writer.append(hexDigit(byte &>> 4))
            writer.append(hexDigit(byte & 0xF))
        }
    }

    /// Does nothing: bytes have no dimensions.
    @inlinable
    public static func measurePostgresArray(
        _ values: [UInt8], level: Int, into lengths: inout [Int]
    ) throws(EncodingFault) {}

    /// Appends the bytes as one element.
    @inlinable
    public static func encodePostgresElements(
        _ values: [UInt8], into writer: inout ByteWriter
    ) throws(EncodingFault) -> Bool {
        try values.encodeField(into: &writer)
        return false
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") &+ value : UInt8(ascii: "a") &+ value &- 10
    }
}

extension UInt8: PostgresDecodableElement {
    /// Takes `bytea`.
    @inlinable
    public static func acceptsPostgresArray(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .bytea
    }

    /// True.
    @inlinable public static var postgresArrayIsScalarWhenRead: Bool { true }

    /// False: a byte is no element of a SQL array.
    @inlinable
    public static func acceptsPostgresLeaf(_ type: PostgresOID) -> Bool { false }

    /// Copies the bytes; in text form, reads `\x` and hexadecimal digits.
    ///
    /// - Throws: `malformed` for a text form in the old escape format.
    public static func decodePostgresArray(_ cell: borrowing PostgresCell) throws(DecodingFault) -> [UInt8] {
        guard cell.format == .binary else { return try hexadecimal(cell.bytes) }
        return cell.bytes.withUnsafeBytes { [UInt8]($0) }
    }

    /// Refuses: a byte is no element of a SQL array.
    @_lifetime(reader: copy reader)
    public static func decodePostgresElements(
        _ reader: inout ByteReader, type: PostgresOID, count: Int
    ) throws(DecodingFault) -> [UInt8] {
        throw .typeMismatch(type, .binary)
    }

    /// Refuses: a byte is no element of a SQL array.
    @_lifetime(reader: copy reader)
    public static func decodePostgresRows(
        _ reader: inout ByteReader, header: borrowing PostgresArrayHeader, level: Int
    ) throws(DecodingFault) -> [UInt8] {
        throw .typeMismatch(header.elementType, .binary)
    }

    /// Refuses: a byte is no element of a SQL array.
    public static func decodePostgresText(_ cell: borrowing PostgresCell) throws(DecodingFault) -> UInt8 {
        throw .typeMismatch(cell.type, .text)
    }

    /// Refuses: a byte is never NULL.
    public static func decodePostgresNull() throws(DecodingFault) -> UInt8 { throw .unexpectedNull }

    private static func hexadecimal(_ text: RawSpan) throws(DecodingFault) -> [UInt8] {
        let count = text.byteCount
        var offset = 0
        func next() throws(DecodingFault) -> UInt8 {
            let byte = text.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
            offset += 1
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): return byte &- UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): return byte &- UInt8(ascii: "a") &+ 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): return byte &- UInt8(ascii: "A") &+ 10
            default: throw .malformed(.unknownCode(Int(byte), offset: offset - 1))
            }
        }
        guard count >= 2, count % 2 == 0,
            text.unsafeLoad(fromUncheckedByteOffset: 0, as: UInt8.self) == UInt8(ascii: "\\"),
            text.unsafeLoad(fromUncheckedByteOffset: 1, as: UInt8.self) == UInt8(ascii: "x")
        else { throw PostgresCell.malformedText }
        offset = 2
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count / 2 - 1)
        while offset < count {
            let high = try next()
            bytes.append(high &<< 4 | (try next()))
        }
        return bytes
    }
}

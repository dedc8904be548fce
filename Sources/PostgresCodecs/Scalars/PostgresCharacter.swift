public import PostgresProtocol

/// One byte as the system catalogs use it for codes: PostgreSQL's `"char"`.
///
/// A column of this type can be read as a `String` too.
///
/// Source: PostgreSQL 18 manual, "Character Types".
public struct PostgresCharacter: Hashable, Sendable {
    /// The byte; 0 is the empty text.
    public var byte: UInt8

    /// Wraps a byte.
    public init(byte: UInt8) { self.byte = byte }
}

extension PostgresCharacter: PostgresExactType {
    /// `"char"`.
    public static var postgresType: PostgresOID { .char }

    /// The server's text: nothing for 0, a backslash and three octal digits above 127.
    public var description: String {
        if byte == 0 { return "" }
        guard byte >= 0x80 else { return String(Unicode.Scalar(byte)) }
        return "\\" + String(byte, radix: 8)
    }

    /// Reads the server's text; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        switch bytes.count {
        case 0: byte = 0
        case 1: byte = bytes[0]
        case 4:
            guard bytes[0] == UInt8(ascii: "\\"), let value = UInt8(text.dropFirst(), radix: 8) else {
                return nil
            }
            byte = value
        default: return nil
        }
    }

    /// Appends the byte.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) { writer.append(byte) }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) { byte = try reader.decode() }
}

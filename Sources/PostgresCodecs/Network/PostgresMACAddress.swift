public import PostgresProtocol

/// A hardware address of six bytes: PostgreSQL's `macaddr`.
///
/// Source: PostgreSQL 18 manual, "macaddr".
public struct PostgresMACAddress: Hashable, Sendable {
    /// The six bytes, the first one in bits 40 to 47; the upper 16 bits are 0.
    public let rawValue: UInt64

    /// Makes an address of its 48 bits; nil for a number that has more.
    public init?(rawValue: UInt64) {
        guard rawValue >> 48 == 0 else { return nil }
        self.rawValue = rawValue
    }
}

extension PostgresMACAddress: PostgresExactType {
    /// `macaddr`.
    public static var postgresType: PostgresOID { .macaddr }

    /// The server's text: `08:00:2b:01:02:03`.
    public var description: String { MACAddressText.text(rawValue, bytes: 6) }

    /// Reads six pairs of hexadecimal digits with colons or hyphens between them; nil for anything else.
    public init?(_ text: String) {
        guard let value = MACAddressText.value(text, bytes: 6) else { return nil }
        rawValue = value
    }

    /// Appends six bytes.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(UInt16(truncatingIfNeeded: rawValue >> 32))
        writer.append(UInt32(truncatingIfNeeded: rawValue))
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        let high = try reader.decode(UInt16.self)
        rawValue = UInt64(high) << 32 | UInt64(try reader.decode(UInt32.self))
    }
}

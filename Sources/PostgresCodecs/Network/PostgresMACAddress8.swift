public import PostgresProtocol

/// A hardware address of eight bytes (EUI-64): PostgreSQL's `macaddr8`.
///
/// Source: PostgreSQL 18 manual, "macaddr8".
public struct PostgresMACAddress8: Hashable, Sendable {
    /// The eight bytes, the first one in the uppermost bits.
    public let rawValue: UInt64

    /// Makes an address of its 64 bits.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Widens an address of six bytes as the server does: `ff:fe` goes into its middle.
    public init(_ address: PostgresMACAddress) {
        rawValue = (address.rawValue >> 24) << 40 | 0xFF_FE00_0000 | address.rawValue & 0xFF_FFFF
    }
}

extension PostgresMACAddress8: PostgresExactType {
    /// `macaddr8`.
    public static var postgresType: PostgresOID { .macaddr8 }

    /// The server's text: `08:00:2b:01:02:03:04:05`.
    public var description: String { MACAddressText.text(rawValue, bytes: 8) }

    /// Reads eight pairs of hexadecimal digits with colons or hyphens between them; nil for anything else.
    public init?(_ text: String) {
        guard let value = MACAddressText.value(text, bytes: 8) else { return nil }
        rawValue = value
    }

    /// Appends eight bytes.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) { writer.append(rawValue) }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) { rawValue = try reader.decode() }
}

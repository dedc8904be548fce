public import PostgresProtocol

/// The address of a host and, if wanted, of the network it is in: PostgreSQL's `inet`.
///
/// Source: PostgreSQL 18 manual, "inet".
public struct PostgresInet: Hashable, Sendable {
    /// The address of the host.
    public let address: PostgresIPAddress
    /// How many bits of the address name the network; all of them for a host alone.
    public let prefix: Int

    /// Makes the address of a host.
    public init(_ address: PostgresIPAddress) {
        self.address = address
        prefix = address.bitCount
    }

    /// Makes the address of a host in a network; nil for a prefix that is longer than the address.
    public init?(_ address: PostgresIPAddress, prefix: Int) {
        guard 0...address.bitCount ~= prefix else { return nil }
        self.address = address
        self.prefix = prefix
    }
}

extension PostgresInet: PostgresExactType {
    /// `inet`.
    public static var postgresType: PostgresOID { .inet }

    /// Takes `inet` and `cidr`.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .inet || type == .cidr
    }

    /// The server's text: `192.168.0.1`, `192.168.0.1/24`.
    public var description: String {
        prefix == address.bitCount ? address.description : "\(address)/\(prefix)"
    }

    /// Reads an address in full, with or without a prefix; nil for anything else.
    public init?(_ text: String) {
        guard let (address, prefix) = InternetBytes.parse(text) else { return nil }
        self.init(address, prefix: prefix ?? address.bitCount)
    }

    /// Appends family, prefix, length and address.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        InternetBytes.encode(address, prefix, isNetwork: false, into: &writer)
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        (address, prefix) = try InternetBytes.decode(&reader)
    }
}

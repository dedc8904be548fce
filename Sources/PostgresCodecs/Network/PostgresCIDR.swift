public import PostgresProtocol

/// The address of a network: PostgreSQL's `cidr`.
///
/// Source: PostgreSQL 18 manual, "cidr".
public struct PostgresCIDR: Hashable, Sendable {
    /// The network's first address.
    public let address: PostgresIPAddress
    /// How many bits of the address name the network; the others are 0.
    public let prefix: Int

    /// Makes a network; nil for a prefix longer than the address, and if a bit after it is set.
    public init?(_ address: PostgresIPAddress, prefix: Int) {
        guard 0...address.bitCount ~= prefix, address.isNetwork(prefix: prefix) else { return nil }
        self.address = address
        self.prefix = prefix
    }
}

extension PostgresCIDR: PostgresExactType {
    /// `cidr`.
    public static var postgresType: PostgresOID { .cidr }

    /// The server's text: `192.168.0.0/24`.
    public var description: String { "\(address)/\(prefix)" }

    /// Reads an address in full, with or without a prefix; nil for anything else.
    public init?(_ text: String) {
        guard let (address, prefix) = InternetBytes.parse(text) else { return nil }
        self.init(address, prefix: prefix ?? address.bitCount)
    }

    /// Appends family, prefix, length and address.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        InternetBytes.encode(address, prefix, isNetwork: true, into: &writer)
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        let (address, prefix) = try InternetBytes.decode(&reader)
        guard let network = PostgresCIDR(address, prefix: prefix) else {
            throw .malformed(.lengthOutOfRange(prefix, offset: 1))
        }
        self = network
    }
}

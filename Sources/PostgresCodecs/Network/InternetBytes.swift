internal import PostgresProtocol

/// The binary form that `inet` and `cidr` share: family, prefix, whether it is a network, length, address.
///
/// Source: PostgreSQL 18, `network_send`.
enum InternetBytes {
    private static let version4: UInt8 = 2
    private static let version6: UInt8 = 3

    static func encode(
        _ address: PostgresIPAddress, _ prefix: Int, isNetwork: Bool, into writer: inout ByteWriter
    ) {
        writer.append(address.isVersion6 ? version6 : version4)
        writer.append(UInt8(truncatingIfNeeded: prefix))
        writer.append(UInt8(isNetwork ? 1 : 0))
        writer.append(UInt8(address.isVersion6 ? 16 : 4))
        if address.isVersion6 {
            writer.append(address.rawValue)
        } else {
            writer.append(UInt32(truncatingIfNeeded: address.rawValue))
        }
    }

    @_lifetime(reader: copy reader)
    static func decode(
        _ reader: inout ByteReader
    ) throws(DecodingFault) -> (address: PostgresIPAddress, prefix: Int) {
        let family = try reader.decode(UInt8.self)
        guard family == version4 || family == version6 else {
            throw .malformed(.unknownCode(Int(family), offset: 0))
        }
        let prefix = Int(try reader.decode(UInt8.self))
        let isNetwork = try reader.decode(UInt8.self)
        guard isNetwork <= 1 else { throw .malformed(.unknownCode(Int(isNetwork), offset: 2)) }
        let length = Int(try reader.decode(UInt8.self))
        guard length == (family == version6 ? 16 : 4) else {
            throw .malformed(.lengthOutOfRange(length, offset: 3))
        }
        guard prefix <= length * 8 else { throw .malformed(.lengthOutOfRange(prefix, offset: 1)) }
        if family == version6 { return (PostgresIPAddress(version6: try reader.decode()), prefix) }
        return (PostgresIPAddress(version4: try reader.decode()), prefix)
    }

    /// Reads an address with or without a prefix.
    static func parse(_ text: String) -> (address: PostgresIPAddress, prefix: Int?)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = PostgresIPAddress(String(parts[0])) else { return nil }
        guard parts.count == 2 else { return (address, nil) }
        var scanner = TextScanner(String(parts[1]))
        guard let prefix = scanner.number(digits: 3), scanner.isAtEnd else { return nil }
        return (address, prefix)
    }
}

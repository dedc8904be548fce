import PostgresWire
import TestSupport
import Testing

@Suite struct NetworkTypesIntegrationTests {
    @Test func `network addresses are those of the server`() async throws {
        try await TypeCheck.run { check in
            let addresses = [
                "0.0.0.0/0", "255.255.255.255", "192.168.0.1/24", "10.1.2.3/8", "::", "::1", "::/0", "::2",
                "1::",
                "1::2", "1:0:0:2::3", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "::1.2.3.4", "::ffff:0:0", "::1:2",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/127", "0:1::/16", "1:0:2:0:3:0:4:0",
                "64:ff9b::1.2.3.4",
                "::1:0:0:0", "0:0:1::", "1:2:3:4:5:6:7::",
            ]
            try await check.check("inet", addresses.map { PostgresInet($0) }) { random in
                let address = random.address()
                return PostgresInet(address, prefix: random.integer(in: 0...address.bitCount))
            }
            let networks = ["0.0.0.0/0", "192.168.0.0/24", "10.1.2.3/32", "::/0", "2001:db8::/32", "::1/128"]
            try await check.check("cidr", networks.map { PostgresCIDR($0) }) { random in
                let address = random.address()
                let prefix = random.integer(in: 0...address.bitCount)
                let mask = ~((UInt128.max >> UInt128(128 - address.bitCount)) >> UInt128(prefix))
                let network = address.rawValue & mask
                let first: PostgresIPAddress =
                    address.isVersion6
                    ? .init(version6: network) : .init(version4: UInt32(truncatingIfNeeded: network))
                return PostgresCIDR(first, prefix: prefix)
            }
            try await check.check(
                "macaddr", [0, 1, 0xFFFF_FFFF_FFFF].map { PostgresMACAddress(rawValue: $0) }
            ) {
                PostgresMACAddress(rawValue: $0.next() >> 16)
            }
            try await check.check("macaddr8", [0, 1, .max].map { PostgresMACAddress8(rawValue: $0) }) {
                PostgresMACAddress8(rawValue: $0.next())
            }
        }
    }

    @Test func `an address of six bytes is widened as the server does`() async throws {
        try await TypeCheck.run { check in
            let six = try #require(PostgresMACAddress("08:00:2b:01:02:03"))
            let eight = try await check.connection.one(
                "SELECT \(six)::macaddr::macaddr8", as: PostgresMACAddress8.self)
            #expect(eight == PostgresMACAddress8(six))
        }
    }
}

extension SeededGenerator {
    /// Addresses of both versions, with many words 0.
    fileprivate mutating func address() -> PostgresIPAddress {
        guard bool() else { return PostgresIPAddress(version4: integer()) }
        var value: UInt128 = 0
        for _ in 0..<8 { value = value << 16 | UInt128(element(of: [0, 0, 0, 1, 0xFFFF, next() & 0xFFFF])) }
        return PostgresIPAddress(version6: value)
    }
}

import FoundationEssentials

/// Decides whether the address of an MCP server may be contacted.
///
/// Only what can be read in one way is admitted: programs differ in what they make of backslashes, blanks,
/// percent signs and characters beyond ASCII in an authority, so an address with one of these there is
/// refused. Names are not resolved.
///
/// Source: RFC 3986, section 3.2; IANA's registries of special-purpose addresses; WHATWG URL, "host parsing".
package enum MCPAddressGuard {
    /// Why the address is refused; nil if it is admitted.
    package static func objection(to url: String, under policy: MCPServerPolicy) -> String? {
        guard let address = WebAddress(url) else { return "it is not an absolute URL in plain ASCII" }
        if policy.allowsPrivateAddresses { return nil }
        guard address.scheme == "http" || address.scheme == "https" else {
            return "its scheme is neither http nor https"
        }
        switch address.host {
        case .name(let name):
            let isLocal = name == "localhost" || name.hasSuffix(".localhost")
            return isLocal ? "it names this machine" : nil
        case .address(let bytes):
            return isBlocked(bytes) ? "it leads into a private or special network" : nil
        }
    }

    private static func isBlocked(_ bytes: [UInt8]) -> Bool {
        bytes.count == 4 ? isBlocked4(bytes) : isBlocked6(bytes)
    }

    private static func isBlocked4(_ ip: [UInt8]) -> Bool {
        switch (ip[0], ip[1], ip[2]) {
        case (0, _, _), (10, _, _), (127, _, _): true
        case (100, 64...127, _): true
        case (169, 254, _): true
        case (172, 16...31, _): true
        case (192, 0, 0), (192, 168, _): true
        case (198, 18...19, _): true
        case (224..., _, _): true
        default: false
        }
    }

    private static func isBlocked6(_ ip: [UInt8]) -> Bool {
        // fc00::/7 unique local, fe80::/10 link local, fec0::/10 site local, ff00::/8 multicast.
        if ip[0] & 0xFE == 0xFC || ip[0] == 0xFF { return true }
        if ip[0] == 0xFE, ip[1] & 0x80 != 0 { return true }
        let tail = Array(ip[12...])
        let zeros = ip.prefix { $0 == 0 }.count
        // ::/96, with :: and ::1; ::ffff:0:0/96 mapped; ::ffff:0:0:0/96 translated.
        if zeros >= 12 { return zeros >= 15 || isBlocked4(tail) }
        if zeros == 10, ip[10] == 0xFF, ip[11] == 0xFF { return isBlocked4(tail) }
        if zeros == 8, ip[8] == 0xFF, ip[9] == 0xFF, ip[10] == 0, ip[11] == 0 { return isBlocked4(tail) }
        // 64:ff9b::/96 NAT64, 64:ff9b:1::/48 its local form, 2002::/16 6to4, 2001::/32 Teredo.
        if ip[0...3] == [0x00, 0x64, 0xFF, 0x9B] {
            return ip[4...11].allSatisfy { $0 == 0 } ? isBlocked4(tail) : true
        }
        if ip[0...1] == [0x20, 0x02] { return isBlocked4(Array(ip[2...5])) }
        return ip[0...3] == [0x20, 0x01, 0x00, 0x00]
    }
}

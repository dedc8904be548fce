/// The scheme and the host of an absolute URL, read so strictly that no other reader can see another host.
struct WebAddress {
    /// Where it leads.
    enum Host: Equatable {
        /// A name in lower case, without a dot at its end.
        case name(String)
        /// Four or sixteen bytes.
        case address([UInt8])
    }

    let scheme: String
    let host: Host

    /// Reads a URL with an authority; nil for anything that is not plain ASCII there, or not well-formed.
    init?(_ url: String) {
        let bytes = Array(url.utf8)
        // Readers of the web's kind drop blanks and controls, and take a backslash for a slash.
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else { return nil }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let rest = bytes[(colon + 1)...]
        guard rest.starts(with: "//".utf8), let first = bytes.first, Self.isLetter(first) else { return nil }
        guard bytes[..<colon].allSatisfy({ Self.isLetter($0) || Self.isDigit($0) || "+-.".utf8.contains($0) })
        else { return nil }
        scheme = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
        let authority = rest.dropFirst(2).prefix { !"/?#".utf8.contains($0) }
        let parts = authority.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count <= 2, let location = parts.last else { return nil }
        guard let host = Self.host(String(decoding: location, as: UTF8.self)) else { return nil }
        self.host = host
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func host(_ location: String) -> Host? {
        if location.hasPrefix("[") {
            guard let end = location.firstIndex(of: "]") else { return nil }
            guard isPort(location[location.index(after: end)...]) else { return nil }
            return IPLiteral.version6(location[..<end].dropFirst()).map(Host.address)
        }
        let end = location.firstIndex(of: ":") ?? location.endIndex
        guard isPort(location[end...]) else { return nil }
        var name = location[..<end].lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isPlain = labels.allSatisfy { label in
            !label.isEmpty
                && label.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2D || $0 == 0x5F }
        }
        guard isPlain, let last = labels.last else { return nil }
        // A last label that is a number makes the whole an IPv4 address or nothing.
        guard IPLiteral.isNumber(last) else { return .name(name) }
        return IPLiteral.version4(labels).map(Host.address)
    }

    /// Whether a text is empty or a colon with a port, which may be absent.
    private static func isPort(_ text: Substring) -> Bool {
        guard text.first == ":" else { return text.isEmpty }
        let digits = text.dropFirst()
        return digits.isEmpty || digits.utf8.allSatisfy(isDigit) && UInt16(digits) != nil
    }
}

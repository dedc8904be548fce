/// An address of the Internet Protocol, version 4 or 6.
public struct PostgresIPAddress: Hashable, Sendable {
    /// The address as a number; version 4 fills the lower 32 bits.
    public let rawValue: UInt128
    /// Whether the address is of version 6.
    public let isVersion6: Bool

    /// Makes an address of version 4.
    public init(version4 value: UInt32) {
        rawValue = UInt128(value)
        isVersion6 = false
    }

    /// Makes an address of version 6.
    public init(version6 value: UInt128) {
        rawValue = value
        isVersion6 = true
    }

    /// How many bits the address has: 32 or 128.
    public var bitCount: Int { isVersion6 ? 128 : 32 }

    /// Whether all bits after the first `prefix` ones are zero.
    func isNetwork(prefix: Int) -> Bool {
        // A shift by all 128 bits gives 0.
        rawValue & ~(UInt128.max << UInt128(bitCount - prefix)) == 0
    }
}

extension PostgresIPAddress: LosslessStringConvertible {
    /// The server's text: `192.168.0.1`, `2001:db8::1`, `::ffff:1.2.3.4`.
    public var description: String {
        isVersion6 ? version6Text : Self.version4Text(UInt32(truncatingIfNeeded: rawValue))
    }

    private static func version4Text(_ value: UInt32) -> String {
        "\(value >> 24).\(value >> 16 & 0xFF).\(value >> 8 & 0xFF).\(value & 0xFF)"
    }

    /// Hexadecimal words, the first longest run of two or more zero words left out.
    private var version6Text: String {
        let words = (0..<8).map { UInt16(truncatingIfNeeded: rawValue >> UInt128((7 - $0) * 16)) }
        var best = 0..<0
        var start = 0
        while start < 8 {
            let end = words[start...].firstIndex { $0 != 0 } ?? 8
            if end - start > max(best.count, 1) { best = start..<end }
            start = max(end, start + 1)
        }
        // An address of version 4 in one of version 6: alone, or mapped by ffff.
        let hasVersion4 =
            best.lowerBound == 0
            && (best.count == 6 || best.count == 5 && words[5] == 0xFFFF)
        var text = ""
        for index in 0..<(hasVersion4 ? 6 : 8) {
            if best.contains(index) {
                if index == best.lowerBound { text += ":" }
                continue
            }
            if index > 0 { text += ":" }
            text += String(words[index], radix: 16)
        }
        if hasVersion4 { return text + ":" + Self.version4Text(UInt32(truncatingIfNeeded: rawValue)) }
        return !best.isEmpty && best.upperBound == 8 ? text + ":" : text
    }

    /// Reads an address in full, of version 4 or 6; nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.contains(UInt8(ascii: ":")) else {
            guard let value = Self.version4(Substring(text)) else { return nil }
            self.init(version4: value)
            return
        }
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = Self.words(halves[0]),
            let tail = halves.count == 2 ? Self.words(halves[1]) : [],
            halves.count == 2 ? head.count + tail.count <= 7 : head.count == 8
        else { return nil }
        let zeros = [UInt16](repeating: 0, count: 8 - head.count - tail.count)
        self.init(version6: (head + zeros + tail).reduce(0) { $0 << 16 | UInt128($1) })
    }

    /// Reads words with colons between them, the last two perhaps as an address of version 4.
    private static func words(_ text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var words: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(".") {
                guard let value = version4(part) else { return nil }
                words += [UInt16(value >> 16), UInt16(truncatingIfNeeded: value)]
            } else {
                guard 1...4 ~= part.utf8.count, part.first != "+", let word = UInt16(part, radix: 16) else {
                    return nil
                }
                words.append(word)
            }
        }
        return words.count <= 8 ? words : nil
    }

    private static func version4(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard part.first != "+", part.utf8.count <= 3, let byte = UInt8(part) else { return nil }
            value = value << 8 | UInt32(byte)
        }
        return value
    }
}

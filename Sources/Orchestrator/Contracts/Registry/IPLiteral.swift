/// Reads the spellings of IP addresses that programs accept in URLs.
///
/// Source: WHATWG URL, "IPv4 parser"; RFC 4291, section 2.2.
enum IPLiteral {
    /// Whether a label is meant as a number: digits, or hexadecimal digits after `0x`.
    static func isNumber(_ label: Substring) -> Bool {
        if label.hasPrefix("0x") { return label.dropFirst(2).allSatisfy(\.isHexDigit) }
        return !label.isEmpty && label.allSatisfy(\.isNumber)
    }

    /// The four bytes of one to four parts, each decimal, octal after `0`, or hexadecimal after `0x`.
    ///
    /// The last part fills the bytes that the others leave. Nil for anything else.
    static func version4(_ parts: [Substring]) -> [UInt8]? {
        guard parts.count <= 4, let last = parts.last.flatMap(number) else { return nil }
        var bytes: [UInt8] = []
        for part in parts.dropLast() {
            guard let byte = number(part).flatMap({ UInt8(exactly: $0) }) else { return nil }
            bytes.append(byte)
        }
        let free = 4 - bytes.count
        guard last < UInt64(1) << UInt64(8 * free) else { return nil }
        for place in (0..<free).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: last >> UInt64(8 * place)))
        }
        return bytes
    }

    private static func number(_ part: Substring) -> UInt64? {
        if part.hasPrefix("0x") {
            let digits = part.dropFirst(2)
            return digits.isEmpty ? 0 : UInt64(digits, radix: 16)
        }
        return part.hasPrefix("0") && part.count > 1 ? UInt64(part, radix: 8) : UInt64(part, radix: 10)
    }

    /// The sixteen bytes of an IPv6 address, which may end in dotted decimal; nil for anything else, zones
    /// included.
    static func version6(_ text: Substring) -> [UInt8]? {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = groups(halves[0], mayEndDotted: halves.count == 1) else {
            return nil
        }
        guard halves.count == 2 else { return head.count == 16 ? head : nil }
        guard let tail = groups(halves[1], mayEndDotted: true), head.count + tail.count <= 14 else {
            return nil
        }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func groups(_ text: Substring, mayEndDotted: Bool) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if mayEndDotted, index == parts.count - 1, part.contains(".") {
                guard let dotted = dotted(part) else { return nil }
                bytes += dotted
                continue
            }
            guard (1...4).contains(part.utf8.count), part.allSatisfy(\.isHexDigit),
                let group = UInt16(part, radix: 16)
            else { return nil }
            bytes += [UInt8(group >> 8), UInt8(truncatingIfNeeded: group)]
        }
        return bytes
    }

    private static func dotted(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { part in
            part.count > 1 && part.hasPrefix("0") ? nil : UInt8(part, radix: 10)
        }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }
}

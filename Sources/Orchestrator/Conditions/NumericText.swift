/// Reads a text as a number the way ECMAScript's `Number(text)` does.
///
/// White space around it is ignored, the empty text is 0, and `0x`, `0o`, `0b` start whole numbers of other bases.
///
/// Source: ECMAScript, section StringToNumber.
struct NumericText {
    /// The number; nil if the text is none, or not finite.
    let value: Double?

    init(_ text: String) {
        let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
        let end = scalars.lastIndex { !$0.properties.isWhitespace }.map(scalars.index(after:))
        let trimmed = Array(String(scalars[..<(end ?? scalars.startIndex)]).utf8)
        if trimmed.isEmpty {
            value = 0
        } else if let base = Self.base(trimmed) {
            value = Self.whole(trimmed.dropFirst(2), base: base)
        } else if Self.isDecimal(trimmed) {
            value = Double(String(decoding: trimmed, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
        } else {
            value = nil
        }
    }

    private static func base(_ bytes: [UInt8]) -> Int? {
        guard bytes.count > 2, bytes[0] == UInt8(ascii: "0") else { return nil }
        return switch bytes[1] | 0x20 {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: nil
        }
    }

    private static func whole(_ digits: some Sequence<UInt8>, base: Int) -> Double? {
        var result = 0.0
        for digit in digits {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue, value < base else { return nil }
            result = result * Double(base) + Double(value)
        }
        return result.isFinite ? result : nil
    }

    /// Tells whether the bytes are sign, digits with at most one point, and an exponent.
    private static func isDecimal(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        func take(_ choices: String) -> Bool {
            guard let byte = rest.first, choices.utf8.contains(byte) else { return false }
            rest.removeFirst()
            return true
        }
        func digits() -> Int {
            let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
            rest.removeFirst(count)
            return count
        }
        _ = take("+-")
        var count = digits()
        if take(".") { count += digits() }
        guard count > 0 else { return false }
        if take("eE") {
            _ = take("+-")
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}

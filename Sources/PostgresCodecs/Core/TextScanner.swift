/// Steps over the text form of a value, byte by byte; every step is checked.
struct TextScanner {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { position == bytes.count }

    /// The byte that comes next.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Takes one character if it comes next.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
        position += 1
        return true
    }

    /// Takes an unsigned number with at most `digits` digits.
    mutating func number(digits: Int = 18) -> Int? {
        let start = position
        var value = 0
        while position < bytes.count, position - start < digits, 48...57 ~= bytes[position] {
            value = value * 10 + Int(bytes[position] - 48)
            position += 1
        }
        return position > start ? value : nil
    }

    /// Takes everything before the next of these characters, or before the end.
    mutating func text(upTo stops: StaticString) -> String {
        let start = position
        stops.withUTF8Buffer { stops in
            while position < bytes.count, !stops.contains(bytes[position]) { position += 1 }
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Takes a floating-point number as the server writes it, `NaN` and `Infinity` included.
    mutating func double() -> Double? { Double(text(upTo: ",()[]{}<> ")) }
}

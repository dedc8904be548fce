/// The parts of a decimal number's text.
struct NumericScanner {
    var isNegative = false
    /// Decimal digits, at least one.
    var digits: [UInt8] = []
    /// How many of the digits stand after the point.
    var fractionDigits = 0
    var exponent = 0

    /// Reads `-12.34e-5`; nil for anything else, and for an exponent no `numeric` can have.
    init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            bytes.removeFirst()
        }
        takeDigits(&bytes)
        if bytes.first == UInt8(ascii: ".") {
            bytes.removeFirst()
            let before = digits.count
            takeDigits(&bytes)
            fractionDigits = digits.count - before
        }
        // 131,072 before the point and 16,383 after it.
        guard !digits.isEmpty, digits.count <= 147_455 else { return nil }
        if let letter = bytes.first, letter | 0x20 == UInt8(ascii: "e") {
            bytes.removeFirst()
            guard let value = Self.exponent(&bytes) else { return nil }
            exponent = value
        }
        guard bytes.isEmpty else { return nil }
    }

    private mutating func takeDigits(_ bytes: inout ArraySlice<UInt8>) {
        while let byte = bytes.first, case UInt8(ascii: "0")...UInt8(ascii: "9") = byte {
            digits.append(byte - UInt8(ascii: "0"))
            bytes.removeFirst()
        }
    }

    private static func exponent(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        var isNegative = false
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            bytes.removeFirst()
        }
        guard !bytes.isEmpty else { return nil }
        var value = 0
        while let byte = bytes.first, case UInt8(ascii: "0")...UInt8(ascii: "9") = byte {
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
            guard value <= 1_000_000 else { return nil }
            bytes.removeFirst()
        }
        return isNegative ? -value : value
    }
}

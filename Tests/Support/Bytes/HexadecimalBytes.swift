extension [UInt8] {
    /// Bytes written as hexadecimal digits; blanks and line breaks between them are ignored.
    ///
    /// - Returns: nil if anything else is in `text` or the number of digits is odd.
    package init?(hexadecimal text: String) {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text {
            if character.isWhitespace { continue }
            guard character.isASCII, let digit = character.hexDigitValue else { return nil }
            if let first = high {
                bytes.append(first << 4 | UInt8(digit))
                high = nil
            } else {
                high = UInt8(digit)
            }
        }
        guard high == nil else { return nil }
        self = bytes
    }

    /// The bytes as lower-case hexadecimal digits.
    package var hexadecimal: String {
        let digits = [UInt8]("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(count * 2)
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Bytes written as hexadecimal digits in a test; wrong digits are a bug of the test and trap.
package func hex(_ text: String) -> [UInt8] {
    guard let bytes = [UInt8](hexadecimal: text) else { preconditionFailure("not hexadecimal: \(text)") }
    return bytes
}

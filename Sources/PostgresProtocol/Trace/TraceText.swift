/// Values as they stand in a line of a trace.
enum TraceText {
    /// How many bytes of a value are shown.
    static let maximumValueBytes = 256

    /// The text as one word: in quotes if it is empty or holds blanks, with control characters escaped.
    static func word(_ text: String) -> String {
        var isPlain = !text.isEmpty
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20 || 0x7F..<0xA0 ~= scalar.value:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default:
                if scalar == " " { isPlain = false }
                result.unicodeScalars.append(scalar)
            }
        }
        isPlain = isPlain && result.utf8.count == text.utf8.count
        return isPlain ? result : "\"\(result)\""
    }

    /// How large something is that is not shown.
    static func hidden(_ byteCount: Int) -> String { byteCount == 1 ? "1 byte" : "\(byteCount) bytes" }

    /// A value's size, or the value itself: as text if it is printable, else in hexadecimal.
    static func value(_ bytes: RawSpan, isShown: Bool) -> String {
        guard isShown else { return hidden(bytes.byteCount) }
        let isCut = bytes.byteCount > maximumValueBytes
        let shown = isCut ? bytes.extracting(first: maximumValueBytes) : bytes
        let text = String(checkedUTF8: shown).flatMap { text in
            text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } ? text : nil
        }
        let form = text.map { "'\($0)'" } ?? "0x" + hexadecimal(shown)
        return isCut ? "\(form)… (\(hidden(bytes.byteCount)))" : form
    }

    private static func hexadecimal(_ bytes: RawSpan) -> String {
        bytes.withUnsafeBytes { buffer in
            buffer.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}

/// Cuts the text of a condition into tokens.
struct ConditionLexer {
    private static let words: Set<String> = ["and", "or", "not", "in", "mod", "of", "if", "then", "else"]
    private static let doubleMarks: Set<String> = ["==", "!=", "<=", ">=", "~="]
    private static let singleMarks = Set("+-*/^<>(),%?:".utf8)

    private let bytes: [UInt8]
    private var position = 0

    /// Takes the text after normalisation: a leading `$.` is dropped, single quotes become double quotes.
    init(normalising text: String) {
        var bytes = Array(text.utf8)
        if bytes.starts(with: "$.".utf8) { bytes.removeFirst(2) }
        for index in bytes.indices where bytes[index] == UInt8(ascii: "'") {
            bytes[index] = UInt8(ascii: "\"")
        }
        self.bytes = bytes
    }

    /// All tokens, with one for the end.
    mutating func tokens() throws(ConditionSyntaxError) -> [ConditionToken] {
        var tokens: [ConditionToken] = []
        repeat {
            tokens.append(try next())
        } while tokens.last?.kind != .end
        return tokens
    }

    private mutating func next() throws(ConditionSyntaxError) -> ConditionToken {
        while let byte = peek(), byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
        let start = position
        guard let byte = peek() else { return ConditionToken(kind: .end, offset: start) }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return ConditionToken(kind: .number(number()), offset: start)
        case UInt8(ascii: "\""):
            return ConditionToken(kind: .string(try string()), offset: start)
        case _ where Self.startsSymbol(byte):
            while let byte = peek(), Self.continuesSymbol(byte) { position += 1 }
            let name = text(from: start)
            return ConditionToken(
                kind: Self.words.contains(name) ? .mark(name) : .symbol(name), offset: start)
        default:
            return ConditionToken(kind: .mark(try mark()), offset: start)
        }
    }

    private mutating func number() -> Double {
        let start = position
        skipDigits()
        if peek() == UInt8(ascii: "."), let next = peek(1), Self.isDigit(next) {
            position += 1
            skipDigits()
        }
        return Double(text(from: start)) ?? .infinity
    }

    private mutating func string() throws(ConditionSyntaxError) -> String {
        let start = position
        var content: [UInt8] = []
        position += 1
        while let byte = peek() {
            position += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: content, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                content.append(byte)
                continue
            }
            guard let escaped = peek(), escaped == UInt8(ascii: "\"") || escaped == byte else { break }
            content.append(escaped)
            position += 1
        }
        throw ConditionSyntaxError(offset: start, problem: .malformedString)
    }

    private mutating func mark() throws(ConditionSyntaxError) -> String {
        let start = position
        if position + 1 < bytes.count {
            let pair = String(decoding: bytes[position...position + 1], as: UTF8.self)
            if Self.doubleMarks.contains(pair) {
                position += 2
                return pair
            }
        }
        guard Self.singleMarks.contains(bytes[position]) else {
            let rest = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
            throw ConditionSyntaxError(offset: start, problem: .unexpectedCharacter(String(rest.prefix(1))))
        }
        position += 1
        return text(from: start)
    }

    private mutating func skipDigits() {
        while let byte = peek(), Self.isDigit(byte) { position += 1 }
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private func text(from start: Int) -> String {
        String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func startsSymbol(_ byte: UInt8) -> Bool {
        let letter = byte | 0x20
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "$")
    }

    private static func continuesSymbol(_ byte: UInt8) -> Bool {
        startsSymbol(byte) || isDigit(byte) || byte == UInt8(ascii: ".")
    }
}

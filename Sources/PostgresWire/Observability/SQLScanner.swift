/// Cuts SQL into tokens as the server does, as far as it takes to tell literals from the rest.
///
/// What does not end, ends with the text: an open string is a literal to the end.
///
/// Source: PostgreSQL 18 manual, "Lexical Structure".
struct SQLScanner {
    private let text: [UInt8]
    private var position = 0
    /// Whether a backslash in a plain string is a character as any other: the server's `standard_conforming_strings`.
    private let hasPlainStrings: Bool

    init(_ text: [UInt8], hasPlainStrings: Bool = true) {
        self.text = text
        self.hasPlainStrings = hasPlainStrings
    }

    /// The next token; nil at the end.
    mutating func next() -> SQLToken? {
        guard let first = byte(0) else { return nil }
        let start = position
        let kind = take(first)
        return SQLToken(kind: kind, bytes: start..<position)
    }

    private func byte(_ offset: Int) -> UInt8? {
        let index = position + offset
        return index < text.count ? text[index] : nil
    }

    private mutating func take(_ first: UInt8) -> SQLToken.Kind {
        switch first {
        case Self.quote:
            takeString(escapes: !hasPlainStrings)
            return .literal
        case Self.doubleQuote:
            takeQuoted(Self.doubleQuote, escapes: false)
            return .quotedName
        case Self.dollar: return takeDollar()
        case UInt8(ascii: "-") where byte(1) == first:
            takeLineComment()
            return .comment
        case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"):
            takeBlockComment()
            return .comment
        case UInt8(ascii: ".") where byte(1).map(Self.isDigit) == true:
            takeNumber()
            return .literal
        default: return takeOther(first)
        }
    }

    private mutating func takeOther(_ first: UInt8) -> SQLToken.Kind {
        if Self.isSpace(first) {
            while let next = byte(0), Self.isSpace(next) { position += 1 }
            return .space
        }
        if Self.isDigit(first) {
            takeNumber()
            return .literal
        }
        guard Self.isNameStart(first) else {
            position += 1
            return .symbol
        }
        if takePrefixedString(first) { return .literal }
        while let next = byte(0), Self.isNamePart(next) { position += 1 }
        return .word
    }

    /// Takes `E'…'`, `B'…'`, `X'…'`, `N'…'` or `U&'…'`; false if that is not what is here.
    private mutating func takePrefixedString(_ first: UInt8) -> Bool {
        let letter = first | 0x20
        if letter == UInt8(ascii: "u"), byte(1) == UInt8(ascii: "&"), byte(2) == Self.quote {
            position += 2
            takeString(escapes: !hasPlainStrings)
            return true
        }
        guard byte(1) == Self.quote, "ebxn".utf8.contains(letter) else { return false }
        position += 1
        takeString(escapes: letter == UInt8(ascii: "e") || !hasPlainStrings)
        return true
    }

    /// Takes a string and those that continue it on a later line, which take their rules from the first.
    private mutating func takeString(escapes: Bool) {
        repeat { takeQuoted(Self.quote, escapes: escapes) } while skipToContinuation()
    }

    private mutating func takeQuoted(_ mark: UInt8, escapes: Bool) {
        position += 1
        while let next = byte(0) {
            position += 1
            if escapes, next == UInt8(ascii: "\\") {
                position = min(position + 1, text.count)
            } else if next == mark {
                guard byte(0) == mark else { return }
                position += 1
            }
        }
    }

    /// Goes to the string that continues the one that has just ended; false if there is none.
    private mutating func skipToContinuation() -> Bool {
        let end = position
        var hasNewline = false
        while let next = byte(0) {
            if Self.isSpace(next) {
                hasNewline = hasNewline || next == Self.newline || next == Self.carriageReturn
                position += 1
            } else if next == UInt8(ascii: "-"), byte(1) == next {
                takeLineComment()
            } else {
                break
            }
        }
        if hasNewline, byte(0) == Self.quote { return true }
        position = end
        return false
    }

    private mutating func takeDollar() -> SQLToken.Kind {
        position += 1
        if byte(0).map(Self.isDigit) == true {
            while byte(0).map(Self.isDigit) == true { position += 1 }
            return .parameter
        }
        let start = position
        if byte(0).map(Self.isNameStart) == true {
            while let next = byte(0), next != Self.dollar, Self.isNamePart(next) { position += 1 }
        }
        guard byte(0) == Self.dollar else {
            position = start
            return .symbol
        }
        position += 1
        let mark = [Self.dollar] + text[start..<position]
        while position < text.count {
            if text[position...].starts(with: mark) {
                position += mark.count
                break
            }
            position += 1
        }
        return .literal
    }

    private mutating func takeNumber() {
        while let next = byte(0) {
            let isPart = Self.isDigit(next) || Self.isNameStart(next) || next == UInt8(ascii: ".")
            guard isPart else { return }
            position += 1
            let hasSign = byte(0) == UInt8(ascii: "-") || byte(0) == UInt8(ascii: "+")
            if next | 0x20 == UInt8(ascii: "e"), hasSign, byte(1).map(Self.isDigit) == true { position += 1 }
        }
    }

    private mutating func takeLineComment() {
        while let next = byte(0), next != Self.newline, next != Self.carriageReturn { position += 1 }
    }

    private mutating func takeBlockComment() {
        var depth = 0
        while let next = byte(0) {
            let pair = (next, byte(1))
            if pair == (UInt8(ascii: "/"), UInt8(ascii: "*")) {
                depth += 1
                position += 2
            } else if pair == (UInt8(ascii: "*"), UInt8(ascii: "/")) {
                depth -= 1
                position += 2
                if depth == 0 { return }
            } else {
                position += 1
            }
        }
    }

    private static let quote = UInt8(ascii: "'")
    private static let doubleQuote = UInt8(ascii: "\"")
    private static let dollar = UInt8(ascii: "$")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        isNameStart(byte) || isDigit(byte) || byte == dollar
    }
}

/// Walks through Swift source once and takes comments and string literals out; line breaks stay where they are.
///
/// Of a literal two quotation marks stay; its interpolations are dropped with it. Raw literals and literals of several
/// lines are known.
struct CodeScanner {
    private let source: [UInt8]
    private var position = 0
    private var output: [UInt8] = []

    private static let newline = UInt8(ascii: "\n")
    private static let quote = UInt8(ascii: "\"")
    private static let sign = UInt8(ascii: "#")
    private static let backslash = UInt8(ascii: "\\")
    private static let slash = UInt8(ascii: "/")
    private static let star = UInt8(ascii: "*")
    private static let open = UInt8(ascii: "(")
    private static let close = UInt8(ascii: ")")

    private init(_ text: String) { source = Array(text.utf8) }

    /// The code of `text`.
    static func code(of text: String) -> String {
        var scanner = CodeScanner(text)
        scanner.run()
        return String(decoding: scanner.output, as: UTF8.self)
    }

    private mutating func run() {
        while let byte = at(0) {
            if byte == Self.slash, at(1) == Self.slash {
                while let next = at(0), next != Self.newline { position += 1 }
            } else if byte == Self.slash, at(1) == Self.star {
                skipBlockComment()
            } else if let marker = openingMarker() {
                output += [Self.quote, Self.quote]
                skipLiteral(marker)
            } else {
                output.append(byte)
                position += 1
            }
        }
    }

    private func at(_ offset: Int) -> UInt8? {
        let index = position + offset
        return index < source.count ? source[index] : nil
    }

    /// Goes past a byte of which only a line break stays.
    private mutating func skip() {
        if at(0) == Self.newline { output.append(Self.newline) }
        position += 1
    }

    private mutating func skipBlockComment() {
        var depth = 0
        while let byte = at(0) {
            if byte == Self.slash, at(1) == Self.star {
                depth += 1
                position += 2
            } else if byte == Self.star, at(1) == Self.slash {
                depth -= 1
                position += 2
                if depth == 0 { return }
            } else {
                skip()
            }
        }
    }

    /// How many of `byte` stand at `offset` and behind it.
    private func count(of byte: UInt8, at offset: Int = 0) -> Int {
        var count = 0
        while at(offset + count) == byte { count += 1 }
        return count
    }

    /// The number signs and quotation marks that begin a literal here, if one begins.
    private func openingMarker() -> (signs: Int, quotes: Int)? {
        let signs = count(of: Self.sign)
        let quotes = count(of: Self.quote, at: signs)
        return quotes == 0 ? nil : (signs, quotes >= 3 ? 3 : 1)
    }

    private mutating func skipLiteral(_ marker: (signs: Int, quotes: Int)) {
        position += marker.signs + marker.quotes
        while let byte = at(0) {
            if byte == Self.quote, count(of: Self.quote) >= marker.quotes,
                count(of: Self.sign, at: marker.quotes) >= marker.signs
            {
                position += marker.quotes + marker.signs
                return
            }
            if byte == Self.backslash, count(of: Self.sign, at: 1) >= marker.signs {
                position += 1 + marker.signs
                if at(0) == Self.open { skipInterpolation() } else { skip() }
            } else {
                skip()
            }
        }
    }

    private mutating func skipInterpolation() {
        var depth = 0
        while let byte = at(0) {
            if let marker = openingMarker() {
                skipLiteral(marker)
                continue
            }
            if byte == Self.open { depth += 1 }
            if byte == Self.close { depth -= 1 }
            skip()
            if depth == 0 { return }
        }
    }
}

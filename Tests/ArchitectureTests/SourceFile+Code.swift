extension SourceFile {
    /// The text without comments and without what stands in string literals; line breaks stay where they are.
    ///
    /// Interpolations are dropped with their literal. Raw literals and literals of several lines are known.
    var code: String {
        var scanner = CodeScanner(text)
        return scanner.run()
    }
}

/// Walks through Swift source once.
private struct CodeScanner {
    private var rest: Substring
    private var output = ""

    init(_ text: String) { rest = text[...] }

    mutating func run() -> String {
        while !rest.isEmpty {
            if rest.hasPrefix("//") {
                drop { $0 != "\n" }
            } else if rest.hasPrefix("/*") {
                skipBlockComment()
            } else if let marker = openingMarker() {
                output += "\"\""
                skipLiteral(marker)
            } else {
                output.append(rest.removeFirst())
            }
        }
        return output
    }

    private mutating func drop(while condition: (Character) -> Bool) { rest = rest.drop(while: condition) }

    private mutating func skipBlockComment() {
        var depth = 0
        while !rest.isEmpty {
            if rest.hasPrefix("/*") {
                depth += 1
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix("*/") {
                depth -= 1
                rest = rest.dropFirst(2)
                if depth == 0 { return }
            } else if rest.removeFirst() == "\n" {
                output.append("\n")
            }
        }
    }

    /// The number signs and quotation marks that begin a literal here, if one begins.
    private func openingMarker() -> (signs: Int, isLong: Bool)? {
        let signs = rest.prefix { $0 == "#" }.count
        let quotes = rest.dropFirst(signs)
        guard quotes.hasPrefix("\"") else { return nil }
        return (signs, quotes.hasPrefix("\"\"\""))
    }

    private mutating func skipLiteral(_ marker: (signs: Int, isLong: Bool)) {
        let signs = String(repeating: "#", count: marker.signs)
        let quotes = marker.isLong ? "\"\"\"" : "\""
        rest = rest.dropFirst(signs.count + quotes.count)
        while !rest.isEmpty {
            if rest.hasPrefix(quotes + signs) {
                rest = rest.dropFirst(quotes.count + signs.count)
                return
            }
            if rest.hasPrefix("\\" + signs + "(") {
                rest = rest.dropFirst(2 + signs.count)
                skipInterpolation()
            } else if rest.hasPrefix("\\" + signs) {
                rest = rest.dropFirst(2 + signs.count)
            } else if rest.removeFirst() == "\n" {
                output.append("\n")
            }
        }
    }

    private mutating func skipInterpolation() {
        var depth = 1
        while !rest.isEmpty, depth > 0 {
            if let marker = openingMarker() {
                skipLiteral(marker)
                continue
            }
            switch rest.removeFirst() {
            case "(": depth += 1
            case ")": depth -= 1
            case "\n": output.append("\n")
            default: break
            }
        }
    }
}

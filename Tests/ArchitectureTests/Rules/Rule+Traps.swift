extension Rule {
    private static let guarded: Set = ["PostgresProtocol", "PostgresCodecs", "PostgresWire"]

    /// Nothing that a server can cause traps: no forced try, cast or unwrapping, no `fatalError`.
    static let traps = Rule { file in
        guard file.components.first == "Sources", let target = file.target, guarded.contains(target) else {
            return []
        }
        return file.code.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap {
            (index, line) in traps(in: line).map { "line \(index + 1): \($0)" }
        }
    }

    private static func traps(in line: Substring) -> [String] {
        var found: [String] = []
        for word in ["try!", "as!", "fatalError("] where line.contains(word) { found.append(word) }
        var previous: Character = " "
        let characters = Array(line)
        for (index, character) in characters.enumerated() {
            defer { previous = character }
            guard character == "!" else { continue }
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            let follows = previous.isLetter || previous.isNumber || "_)]>\"`".contains(previous)
            let before = String(characters[..<index])
            if follows, next != "=", !before.hasSuffix("try"), !before.hasSuffix("as") {
                found.append("a forced unwrapping")
            }
        }
        return found
    }
}

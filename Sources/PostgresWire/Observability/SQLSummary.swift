/// Collects the commands and tables of SQL, as `INSERT orders SELECT carts`.
///
/// It goes by the words alone. A name after FROM counts only at a depth of parentheses where a command stands, so
/// that `extract(year FROM day)` adds nothing.
///
/// Source: OpenTelemetry semantic conventions, "Database client spans", "Generating a summary of the query".
struct SQLSummary {
    /// How long a summary may be.
    static let maximumBytes = 255

    private enum Mode {
        /// The next word is a command.
        case start
        /// Commands and tables may follow.
        case query
        /// What is created, altered or dropped follows.
        case definition
        /// Nothing that matters follows, or only one name.
        case rest
    }

    private(set) var text = ""
    private var mode = Mode.start
    private var expectsName = false
    /// The name that has begun: it may go on after a dot.
    private var name = ""
    private var isAfterDot = false
    private var previous = ""
    /// Whether a command has stood at each depth of parentheses.
    private var depths = [false]

    /// Takes the next token and its bytes.
    mutating func take(_ kind: SQLToken.Kind, _ bytes: ArraySlice<UInt8>) {
        switch kind {
        case .space, .comment: return
        case .word, .quotedName: takeName(String(decoding: bytes, as: UTF8.self), isQuoted: kind != .word)
        case .symbol: takeSymbol(bytes.first ?? 0)
        case .literal, .parameter: endName()
        }
    }

    /// Takes the end of the text.
    mutating func finish() { endName() }

    private mutating func takeName(_ raw: String, isQuoted: Bool) {
        if isAfterDot {
            name += raw
            isAfterDot = false
            return
        }
        if !name.isEmpty { endName() }
        let word = isQuoted ? "" : raw.uppercased()
        defer { previous = word }
        if expectsName {
            if Self.skipped.contains(word) { return }
            expectsName = false
            if isQuoted || !Self.commands.contains(word) {
                name = raw
                return
            }
        }
        switch mode {
        case .start: takeCommand(word)
        case .query: takeWord(word)
        case .definition where Self.objects.contains(word):
            add(word)
            expectsName = true
            mode = .rest
        case .definition, .rest: break
        }
    }

    private mutating func takeCommand(_ word: String) {
        mode = .query
        switch word {
        case "", "WITH": break
        case "EXPLAIN": add(word)
        case "CREATE", "ALTER", "DROP":
            add(word)
            mode = .definition
        case "COPY":
            add(word)
            expectsName = true
        case "TRUNCATE", "LOCK", "CALL", "VACUUM", "ANALYZE", "REFRESH", "REINDEX":
            add(word)
            expectsName = true
            mode = .rest
        default:
            if Self.commands.contains(word) { return takeWord(word) }
            add(word)
            mode = .rest
        }
    }

    private mutating func takeWord(_ word: String) {
        switch word {
        case "SELECT", "INSERT", "DELETE", "MERGE": addCommand(word)
        case "UPDATE" where !["FOR", "KEY", "DO"].contains(previous):
            addCommand(word)
            expectsName = true
        case "FROM" where depths.last == true && previous != "DISTINCT": expectsName = true
        case "INTO", "JOIN", "USING": expectsName = true
        default: break
        }
    }

    private mutating func takeSymbol(_ symbol: UInt8) {
        if symbol == UInt8(ascii: "."), !name.isEmpty {
            name += "."
            isAfterDot = true
            return
        }
        endName()
        expectsName = false
        switch symbol {
        case UInt8(ascii: "("): depths.append(false)
        case UInt8(ascii: ")"): if depths.count > 1 { depths.removeLast() }
        case UInt8(ascii: ";"):
            mode = .start
            depths = [false]
            if !text.isEmpty, !text.hasSuffix(";") { text += ";" }
        default: break
        }
    }

    private mutating func endName() {
        if !name.isEmpty { add(name) }
        name = ""
        isAfterDot = false
    }

    private mutating func addCommand(_ word: String) {
        depths[depths.count - 1] = true
        add(word)
    }

    private mutating func add(_ word: String) {
        guard text.utf8.count + word.utf8.count + 1 < Self.maximumBytes else { return }
        if !text.isEmpty { text += " " }
        text += word
    }

    private static let commands: Set = ["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE"]
    private static let skipped: Set = [
        "ONLY", "LATERAL", "TABLE", "IF", "NOT", "EXISTS", "CONCURRENTLY", "MATERIALIZED", "VIEW", "INDEX",
        "FULL", "FREEZE", "VERBOSE", "ANALYZE",
    ]
    private static let objects: Set = [
        "TABLE", "INDEX", "VIEW", "SEQUENCE", "SCHEMA", "FUNCTION", "PROCEDURE", "TYPE", "DOMAIN", "ROLE",
        "USER",
        "DATABASE", "EXTENSION", "TRIGGER", "POLICY", "RULE", "AGGREGATE", "PUBLICATION", "SUBSCRIPTION",
        "STATISTICS",
    ]
}

#if CLI
/// A script by which pgbench sends recorded statements: the same SQL, each transaction in one pipeline.
///
/// Values that differ from call to call are made by expressions, all others are variables of the script. The list of
/// picked jobs, which a claim keeps for its transaction, is kept for the session, since no value of a result reaches a
/// later statement of a pipeline.
///
/// Source: PostgreSQL 18 manual, "pgbench", "Custom Scripts".
struct PgbenchScript: Sendable {
    private(set) var text = "\\set seq :seq + 1\n"
    /// The variables that must be defined, with their values.
    private(set) var variables: [(name: String, value: String)] = [("seq", "0")]

    init(_ statements: [RecordedStatement], _ places: [ScriptPlace]) {
        var isOpen = false
        for (index, statement) in statements.enumerated() {
            if statement.beginsTransaction || !isOpen {
                if isOpen { text += "\\endpipeline\n" }
                text += "\\startpipeline\n"
                isOpen = true
            }
            text += sql(statement, index, places) + ";\n"
        }
        if isOpen { text += "\\endpipeline\n" }
    }

    private mutating func sql(_ statement: RecordedStatement, _ index: Int, _ places: [ScriptPlace]) -> String
    {
        let expressions = statement.parameters.enumerated().map { number, value in
            let type = number < statement.types.count ? "::" + statement.types[number] : ""
            guard let value else { return "NULL\(type)" }
            for place in places {
                if let expression = place.expression(for: value) { return "(\(expression))\(type)" }
            }
            let name = "p\(index)_\(number + 1)"
            variables.append((name, value))
            return ":\(name)\(type)"
        }
        var sql = Self.filled(statement.sql, expressions)
        if sql.contains("set_config('orchestrator.picked'") {
            sql = sql.replacing("'{}')::text, true)", with: "'{}')::text, false)")
        }
        return sql
    }

    /// The SQL with an expression in place of each parameter, and nothing in its literals that pgbench would take for
    /// a variable.
    private static func filled(_ sql: String, _ expressions: [String]) -> String {
        var result = ""
        var rest = sql[...]
        while let character = rest.first {
            switch character {
            case "'", "\"":
                let end = rest.dropFirst().firstIndex(of: character) ?? rest.index(before: rest.endIndex)
                let literal = rest[...end]
                let hidesColon = character == "'" && literal.contains(":")
                result +=
                    hidesColon
                    ? "U&" + literal.replacing("\\", with: "\\\\").replacing(":", with: "\\003A")
                    : String(literal)
                rest = rest[rest.index(after: end)...]
            case "$":
                let digits = rest.dropFirst().prefix { $0.isWholeNumber }
                guard let number = Int(digits), expressions.indices.contains(number - 1) else {
                    result.append(character)
                    rest = rest.dropFirst()
                    continue
                }
                result += expressions[number - 1]
                rest = rest[digits.endIndex...]
            default:
                result.append(character)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
#endif

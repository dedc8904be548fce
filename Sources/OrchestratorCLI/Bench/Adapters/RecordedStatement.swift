#if CLI
/// A statement as the server has executed it.
struct RecordedStatement: Sendable {
    var sql: String
    /// The values of `$1`, `$2`, … in text form; nil for NULL.
    var parameters: [String?]
    /// Their types, written as in SQL.
    var types: [String] = []

    /// Whether an adapter begins a transaction with it.
    var beginsTransaction: Bool { sql.hasPrefix("SELECT set_config(") }

    /// Reads what the server says of a statement: `duration: 0.1 ms  execute name: SELECT …`, and
    /// `Parameters: $1 = 'a', $2 = NULL`; nil for a message about something else.
    ///
    /// Source: PostgreSQL 18 manual, "Error Reporting and Logging", log_min_duration_statement.
    init?(message: String, detail: String?) {
        guard message.hasPrefix("duration: "), let verb = message.firstRange(of: "  execute ") else {
            return nil
        }
        let rest = message[verb.upperBound...]
        guard let colon = rest.firstRange(of: ": ") else { return nil }
        sql = String(rest[colon.upperBound...])
        parameters = Self.values(in: detail ?? "")
    }

    private static func values(in detail: String) -> [String?] {
        var values: [String?] = []
        var rest = detail[...]
        while let equals = rest.firstRange(of: " = ") {
            rest = rest[equals.upperBound...]
            guard rest.first == "'" else {
                values.append(nil)
                continue
            }
            values.append(quoted(&rest))
        }
        return values
    }

    /// Takes a quoted text off the beginning; quotes in it are doubled.
    private static func quoted(_ rest: inout Substring) -> String {
        var value = ""
        rest = rest.dropFirst()
        while let quote = rest.firstIndex(of: "'") {
            value += rest[..<quote]
            rest = rest[rest.index(after: quote)...]
            guard rest.first == "'" else { break }
            value += "'"
            rest = rest.dropFirst()
        }
        return value
    }
}
#endif

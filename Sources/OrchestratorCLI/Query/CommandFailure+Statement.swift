#if CLI
import PostgresWire

/// What the server's errors mean to somebody who typed the statement.
extension CommandFailure {
    /// Explains an error of a statement that the user wrote; `marksPlace` shows where in it the server stumbled.
    init(statement error: PostgresError, sql: String, server: String, marksPlace: Bool) {
        guard let fields = error.server, error.code == .server || error.code == .timedOut,
            !Self.isOfServer(fields.sqlState)
        else {
            self.init(error, server: server)
            return
        }
        if fields.sqlState == "42601", fields.routine == "exec_parse_message" {
            self.init(
                .configuration, "There are several statements, and only one can be run",
                remedy: "Run them one after the other")
            return
        }
        let details = fields.detail.map { "Detail: \($0)\n" } ?? ""
        self.init(
            .checkFailed, "The statement failed: \(fields.message) [\(fields.sqlState)]",
            remedy: fields.hint.map(Self.sentence) ?? Self.remedy(fields.sqlState),
            details: details + String(reflecting: error))
        if marksPlace, let position = fields.position { excerpt = Self.excerpt(of: sql, at: position) }
    }

    /// Whether an error is about the server or the session and not about the statement.
    ///
    /// Source: PostgreSQL 18 manual, appendix A "PostgreSQL Error Codes".
    private static func isOfServer(_ sqlState: String) -> Bool {
        ["08", "53", "58", "XX"].contains(sqlState.prefix(2)) || sqlState.hasPrefix("57P")
    }

    private static func remedy(_ sqlState: String) -> String {
        switch sqlState {
        case "42601": "Correct the statement where it is marked"
        case "42P01": "Name a table that exists, with its schema unless search_path has it"
        case "42703": "Name a column that exists"
        case "42883": "Name a function that exists, or cast its arguments to the types that it takes"
        case "42501": "Use a role that has the right"
        case "42P18": "Say of which type the parameter is, as in $1::int8"
        case "57014": "Give it more time (statement_timeout), or make it do less"
        case "25P02": "End the transaction with ROLLBACK"
        case _ where sqlState.hasPrefix("22"): "Correct the value"
        case _ where sqlState.hasPrefix("23"): "Change the data so that the constraint holds"
        case _ where sqlState.hasPrefix("40"): "Run it again"
        default: "Correct the statement"
        }
    }

    private static func sentence(_ hint: String) -> String {
        hint.split(separator: "\n").joined(separator: " ")
    }

    /// The line of the statement in which the place is, counted in characters from 1, and a mark below the place.
    static func excerpt(of sql: String, at position: Int) -> String? {
        let scalars = Array(sql.unicodeScalars)
        guard 1...scalars.count + 1 ~= position else { return nil }
        let place = position - 1
        let start = scalars[..<place].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        let end = scalars[place...].firstIndex(of: "\n") ?? scalars.count
        // Of a long line, what is around the place.
        let first = max(start, place - 60)
        let last = min(end, first + 100)
        var line = first > start ? "…" : ""
        var mark = first > start ? " " : ""
        for index in first..<max(last, place) {
            let scalar = scalars[index]
            line.unicodeScalars.append(scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value ? " " : scalar)
            if index < place { mark += " " }
        }
        return "  " + line + (last < end ? "…" : "") + "\n  " + mark + "^"
    }
}
#endif

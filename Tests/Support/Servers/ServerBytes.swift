/// Messages as a server would write them, for scripts.
package enum ServerBytes {
    package static let parseComplete = message("1", [])
    package static let bindComplete = message("2", [])
    package static let noData = message("n", [])
    /// ParameterDescription of a statement without parameters.
    package static let noParameters = message("t", [0, 0])

    /// ReadyForQuery: `I` outside of a transaction, `T` inside of one, `E` inside of a failed one.
    package static func ready(_ status: Character = "I") -> [UInt8] {
        message("Z", [status.asciiValue ?? 0])
    }

    package static func complete(_ tag: String) -> [UInt8] { message("C", text(tag)) }

    /// RowDescription of columns that are all of the type `text`.
    package static func columns(_ names: [String]) -> [UInt8] {
        let columns = names.flatMap {
            text($0) + integer(0) + [0, 0] + integer(25) + [0xff, 0xff] + integer(0xffff_ffff) + [0, 0]
        }
        return message("T", [0, UInt8(names.count)] + columns)
    }

    package static func row(_ cells: [String]) -> [UInt8] {
        let body = cells.flatMap { integer(UInt32($0.utf8.count)) + Array($0.utf8) }
        return message("D", [0, UInt8(cells.count)] + body)
    }

    package static func status(_ name: String, _ value: String) -> [UInt8] {
        message("S", text(name) + text(value))
    }

    /// An ErrorResponse.
    package static func error(
        _ sqlState: String, _ primary: String, detail: String = "", severity: String = "ERROR"
    ) -> [UInt8] {
        message("E", fields(sqlState, primary, detail, severity))
    }

    package static func notice(_ sqlState: String, _ primary: String) -> [UInt8] {
        message("N", fields(sqlState, primary, "", "NOTICE"))
    }

    /// What answers a statement that is prepared first: its description, rows of text and the end.
    package static func answer(
        _ columns: [String] = [], rows: [[String]] = [], tag: String, status: Character = "I",
        isPrepared: Bool = false
    ) -> [UInt8] {
        let description = noParameters + (columns.isEmpty ? noData : Self.columns(columns))
        return (isPrepared ? [] : parseComplete + description) + bindComplete + rows.flatMap(row)
            + complete(tag) + ready(status)
    }

    private static func fields(
        _ sqlState: String, _ primary: String, _ detail: String, _ severity: String
    ) -> [UInt8] {
        let detail = detail.isEmpty ? [] : Array("D".utf8) + text(detail)
        return text("S\(severity)") + text("V\(severity)") + text("C\(sqlState)") + text("M\(primary)")
            + detail + [0]
    }

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }

    private static func integer(_ value: UInt32) -> [UInt8] {
        [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }

    private static func message(_ tag: Character, _ body: [UInt8]) -> [UInt8] {
        [tag.asciiValue ?? 0] + integer(UInt32(body.count + 4)) + body
    }
}

extension ScriptedSession {
    /// Lets the client in and sends the next answer for each Sync or Query, then waits for the client to leave.
    package func serve(_ answers: [[UInt8]]) throws {
        try letIn()
        for answer in answers {
            var name = ""
            repeat { name = try receive().name } while name != "Sync" && name != "Query"
            try send(answer)
        }
        try waitForEnd()
    }
}

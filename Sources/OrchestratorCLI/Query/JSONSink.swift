#if CLI
import JSONModel
import PostgresWire

/// Writes one JSON document, a row a line, as the rows arrive.
struct JSONSink: RowSink {
    private var writer: RowWriter
    private var columns: [RowColumn] = []
    private var rows = 0

    init(_ stream: StandardStream) { writer = RowWriter(stream) }

    mutating func begin(_ columns: [RowColumn]) { self.columns = columns }

    mutating func take(_ cells: [String?]) throws {
        try writer.append(rows == 0 ? head + "\n    " : ",\n    ")
        rows += 1
        try writer.append(JSONValue.array(cells.map { $0.map { .string($0) } ?? .null }).jsonText())
    }

    mutating func end(_ command: CommandTag, _ duration: Duration) {
        let affected = command.rows.map(String.init) ?? "null"
        let milliseconds = Text.decimal(duration / .milliseconds(1), places: 3)
        try? writer.append(
            """
            \(rows == 0 ? head : "\n  ")],
              "command": \(JSONValue.string(command.text).jsonText()),
              "affected": \(affected),
              "milliseconds": \(milliseconds)
            }

            """)
        try? writer.flush()
    }

    /// Everything before the first row.
    private var head: String {
        let lines = columns.map { column -> String in
            let value: JSONValue = [
                "name": .string(column.name), "type": .string(column.type), "oid": .number(Int(column.oid)),
            ]
            return "    " + value.jsonText()
        }
        let list = lines.isEmpty ? "[]" : "[\n" + lines.joined(separator: ",\n") + "\n  ]"
        return "{\n  \"columns\": \(list),\n  \"rows\": ["
    }
}
#endif

#if CLI
import PostgresWire

/// Lays rows out as a table, which needs all of them: it keeps as many as people read and counts the rest.
struct TableSink: RowSink {
    /// How many rows are shown at most.
    static let maximumRows = 10_000
    /// How many bytes of cells are kept at most.
    static let maximumBytes = 16_777_216

    private let console: Console
    private var columns: [RowColumn] = []
    private var table = TableText()
    private var count = 0
    private var bytes = 0
    private var isFull = false

    init(_ console: Console) { self.console = console }

    mutating func begin(_ columns: [RowColumn]) {
        self.columns = columns
        table.headings = columns.map {
            TableText.Heading(title: Self.line($0.name), isNumeric: Self.numeric.contains($0.type))
        }
    }

    mutating func take(_ cells: [String?]) throws {
        count += 1
        guard !isFull else { return }
        let row = cells.map { $0.map(Self.line) ?? "NULL" }
        bytes += row.reduce(0) { $0 + $1.utf8.count }
        table.rows.append(row)
        isFull = table.rows.count == Self.maximumRows || bytes >= Self.maximumBytes
    }

    mutating func end(_ command: CommandTag, _ duration: Duration) {
        if columns.isEmpty {
            console.result(command.text)
        } else {
            console.result(table.text)
            if table.rows.count < count {
                console.warn(
                    "The table holds the first \(Text.count(table.rows.count)) of \(Text.count(count, "row")); "
                        + "csv and json show all of them.")
            }
            console.note("\(command.text), \(Text.decimal(duration / .milliseconds(1), places: 1)) ms")
        }
    }

    private static let numeric: Set = [
        "int2", "int4", "int8", "oid", "float4", "float8", "numeric", "money", "xid", "xid8", "cid",
    ]

    /// The text on one line, without what could steer the terminal.
    static func line(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where isControl(scalar): result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value
    }
}
#endif

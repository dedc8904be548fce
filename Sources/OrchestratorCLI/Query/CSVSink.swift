#if CLI
import PostgresWire

/// Writes rows as comma-separated values with a line of names.
///
/// Source: RFC 4180; PostgreSQL 18 manual, COPY, "CSV Format": NULL is nothing, the empty text is `""`.
struct CSVSink: RowSink {
    private var writer: RowWriter
    private var columns: [RowColumn] = []
    private var isBegun = false

    init(_ stream: StandardStream) { writer = RowWriter(stream) }

    mutating func begin(_ columns: [RowColumn]) { self.columns = columns }

    mutating func take(_ cells: [String?]) throws {
        try writeNames()
        try writer.append(cells.map(Self.field).joined(separator: ",") + "\n")
    }

    mutating func end(_ command: CommandTag, _ duration: Duration) {
        try? writeNames()
        try? writer.flush()
    }

    private mutating func writeNames() throws {
        guard !isBegun, !columns.isEmpty else { return }
        isBegun = true
        try writer.append(columns.map { Self.field($0.name) }.joined(separator: ",") + "\n")
    }

    static func field(_ text: String?) -> String {
        guard let text else { return "" }
        let needsQuotes =
            text.isEmpty
            || text.utf8.contains {
                $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
                    || $0 == UInt8(ascii: "\r")
            }
        return needsQuotes
            ? "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
                + "\"" : text
    }
}
#endif

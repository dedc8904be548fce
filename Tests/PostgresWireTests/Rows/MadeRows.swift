import PostgresCodecs
import PostgresProtocol

@testable import PostgresWire

/// Rows as if a server had sent them.
enum MadeRows {
    /// Makes rows of cells; nil is NULL.
    static func make(
        _ columns: [(name: String, type: PostgresOID)], format: PostgresFormat = .binary, _ rows: [[[UInt8]?]]
    ) throws -> PostgresRows {
        let storage = RowStorage(capacity: 64)
        for row in rows {
            var body = ByteWriter(capacity: 64)
            body.append(UInt16(row.count))
            for cell in row {
                body.append(Int32(cell?.count ?? -1))
                for byte in cell ?? [] { body.append(byte) }
            }
            try DataRow.check(body.bytes, columns: columns.count)
            storage.append(body.bytes)
        }
        var description = ByteWriter(capacity: 64)
        description.append(UInt16(columns.count))
        for column in columns {
            description.append(zeroTerminated: column.name)
            description.append(UInt32(0))
            description.append(Int16(0))
            description.append(column.type.rawValue)
            description.append(Int16(-1))
            description.append(Int32(-1))
            description.append(format.rawValue)
        }
        let fields = try FieldDescription.list(rowDescription: description.bytes)
        return PostgresRows(
            storage: storage, columns: RowColumns(fields, format: format),
            command: CommandTag(text: "SELECT \(rows.count)"))
    }

    /// One row with an `int4` 7 called "n" and a `text` that is NULL, called "label".
    static func numberAndNull() throws -> PostgresRows {
        try make([("n", .int4), ("label", .text)], [[[0, 0, 0, 7], nil]])
    }
}

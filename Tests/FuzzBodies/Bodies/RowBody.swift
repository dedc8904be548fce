import FoundationEssentials
import JSONModel
import PostgresCodecs
import PostgresProtocol
import PostgresWire

/// Rows of several layouts, read in every way that there is.
enum RowBody {
    private struct Record: Decodable {
        let a: Int?
        let b: String?
        let c: [Double]?
    }

    private static let layouts: [[PostgresOID]] = [
        [.int8, .text, .float8Array], [.int4, .jsonb, .numeric], [.uuid, .timestamptz, .bool],
        [.bytea, .interval, .int4Range], [],
    ]

    static func complaint(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let layout = input.choice(of: layouts)
        let body = input.rest
        guard (try? DataRow.check(body.span.bytes, columns: layout.count)) != nil else { return nil }
        guard let fields = try? fields(layout) else { return "the description of the columns cannot be read" }
        let storage = RowStorage(capacity: 64)
        storage.append(body.span.bytes)
        let rows = PostgresRows(
            storage: storage, columns: RowColumns(fields, format: .binary),
            command: CommandTag(text: "SELECT 1"))
        let row = rows[0]
        _ = try? row.decode((Int?, String?, [Double]?).self)
        _ = try? row.decode((Int32?, JSONValue?, PostgresNumeric?).self)
        _ = try? row.decode((UUID?, Date?, Bool?).self)
        _ = try? row.decode(([UInt8]?, PostgresInterval?, PostgresRange<Int32>?).self)
        _ = try? row.decode((Int, String, [Double]).self)
        _ = try? row.decode(Record.self)
        _ = try? row.decode(Int.self, named: "a")
        _ = try? row.texts(PostgresTextForm())
        for column in 0...layout.count {
            _ = try? row.decode(String?.self, at: column)
            _ = try? row.decode(JSONValue.self, at: column)
        }
        return nil
    }

    private static func fields(_ types: [PostgresOID]) throws -> [FieldDescription] {
        var writer = ByteWriter(capacity: 128)
        writer.append(UInt16(types.count))
        for (index, type) in types.enumerated() {
            for byte in [UInt8(ascii: "a") + UInt8(index), 0] { writer.append(byte) }
            writer.append(UInt32(0))
            writer.append(Int16(0))
            writer.append(type.rawValue)
            writer.append(Int16(-1))
            writer.append(Int32(-1))
            writer.append(Int16(1))
        }
        return try FieldDescription.list(rowDescription: writer.bytes)
    }
}

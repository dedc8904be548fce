#if CLI
import JSONModel
import PostgresWire

/// How much room an index takes, and how often it was used.
struct StoredIndex: Sendable {
    var name: String
    var table: String
    var bytes: Int
    /// How often it was searched since the server's counters were reset.
    var scans: Int

    /// The indexes of a schema, the greatest first.
    static func load(_ schema: String, from client: PostgresClient) async throws -> [StoredIndex] {
        try await client.collect(
            """
            SELECT indexrelname::text, relname::text, pg_relation_size(indexrelid), idx_scan
            FROM pg_stat_all_indexes WHERE schemaname = \(schema)
            ORDER BY pg_relation_size(indexrelid) DESC, indexrelname
            """, as: (String, String, Int, Int).self
        ).map { StoredIndex(name: $0.0, table: $0.1, bytes: $0.2, scans: $0.3) }
    }

    static func table(_ indexes: [StoredIndex]) -> String {
        var text = TableText("index", "table", "#size", "#scans")
        for index in indexes {
            text.add(index.name, index.table, Text.bytes(index.bytes), Text.count(index.scans))
        }
        return text.text
    }

    var json: JSONValue {
        [
            "name": .string(name), "table": .string(table), "bytes": .number(bytes), "scans": .number(scans),
        ]
    }
}
#endif

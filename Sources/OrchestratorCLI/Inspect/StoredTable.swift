#if CLI
import JSONModel
import PostgresWire

/// How much room a table takes.
struct StoredTable: Sendable {
    var name: String
    /// How many rows the server estimates; nil before it has looked.
    var rows: Int?
    var heapBytes: Int
    var toastBytes: Int
    var indexBytes: Int
    /// Rows that were deleted or replaced and that no vacuum has removed yet.
    var deadRows: Int
    /// By how much the heap is bigger than its rows need, estimated; nil before the server has looked.
    var bloatBytes: Int?

    var totalBytes: Int { heapBytes + toastBytes + indexBytes }

    /// The tables of a schema, the greatest first.
    ///
    /// Bloat compares the heap with what its rows need by the statistics of ANALYZE: 28 bytes of header and
    /// pointer for each row, and its mean width, in pages of 8,168 bytes.
    ///
    /// Source: PostgreSQL 18 manual, 66.6 "Database Page Layout", 53.28 "pg_stats".
    static func load(_ schema: String, from client: PostgresClient) async throws -> [StoredTable] {
        try await client.collect(
            """
            SELECT c.relname::text, CASE WHEN c.reltuples >= 0 THEN c.reltuples::int8 END,
                pg_relation_size(c.oid), pg_table_size(c.oid) - pg_relation_size(c.oid),
                pg_indexes_size(c.oid), COALESCE(s.n_dead_tup, 0),
                CASE WHEN c.reltuples >= 0 AND w.width IS NOT NULL THEN
                    greatest(0, pg_relation_size(c.oid)
                        - ceil(c.reltuples * (28 + w.width) / 8168)::int8 * 8192) END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
            CROSS JOIN LATERAL (SELECT sum((1 - p.null_frac) * p.avg_width) AS width FROM pg_stats p
                WHERE p.schemaname = n.nspname AND p.tablename = c.relname) w
            WHERE n.nspname = \(schema) AND c.relkind = 'r'
            ORDER BY pg_total_relation_size(c.oid) DESC, c.relname
            """, as: (String, Int?, Int, Int, Int, Int, Int?).self
        ).map {
            StoredTable(
                name: $0.0, rows: $0.1, heapBytes: $0.2, toastBytes: $0.3, indexBytes: $0.4, deadRows: $0.5,
                bloatBytes: $0.6)
        }
    }

    static func table(_ tables: [StoredTable]) -> String {
        var text = TableText(
            "table", "#rows", "#total", "#heap", "#toast", "#indexes", "#dead rows", "#bloat")
        for table in tables {
            text.add(
                table.name, table.rows.map { Text.count($0) } ?? "–", Text.bytes(table.totalBytes),
                Text.bytes(table.heapBytes), Text.bytes(table.toastBytes), Text.bytes(table.indexBytes),
                Text.count(table.deadRows), table.bloatBytes.map { Text.bytes($0) } ?? "–")
        }
        return text.text
    }

    var json: JSONValue {
        [
            "name": .string(name), "rows": rows.map { .number($0) } ?? .null,
            "total_bytes": .number(totalBytes), "heap_bytes": .number(heapBytes),
            "toast_bytes": .number(toastBytes), "index_bytes": .number(indexBytes),
            "dead_rows": .number(deadRows), "bloat_bytes": bloatBytes.map { .number($0) } ?? .null,
        ]
    }
}
#endif

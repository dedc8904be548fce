import FoundationEssentials
import PostgresWire
import TestSupport

/// The schema as a page, written from a live catalog.
struct SchemaReference {
    private struct Column {
        let table, name, type: String
        let isNullable: Bool
        let standard: String?
    }

    private struct Object {
        let table, name, definition: String
    }

    private let columns: [Column]
    private let keys: [Object]
    private let indexes: [Object]
    private let protected: Set<String>
    private let original: Set<String>

    /// The tables of the catalog.
    var tables: Set<String> { Set(columns.map(\.table)) }

    /// Reads the catalog of a migrated database.
    init(_ client: PostgresClient) async throws {
        columns = try await client.collect(Self.columnQuery, as: (String, String, String, Bool, String?).self)
            .map { Column(table: $0.0, name: $0.1, type: $0.2, isNullable: $0.3, standard: $0.4) }
        keys = try await client.collect(Self.keyQuery, as: (String, String, String).self)
            .map { Object(table: $0.0, name: $0.1, definition: $0.2) }
        indexes = try await client.collect(Self.indexQuery, as: (String, String, String).self)
            .map { Object(table: $0.0, name: $0.1, definition: $0.2) }
        protected = Set(try await client.collect(Self.protectedQuery, as: String.self))
        original = try Self.originalNames()
    }

    private static let columnQuery: PostgresQuery = """
        SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
            pg_get_expr(d.adbin, d.adrelid)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
            AND NOT a.attisdropped
        ORDER BY c.relname, a.attnum
        """

    private static let keyQuery: PostgresQuery = """
        SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f', 'u', 'c') AND conrelid <> 0
        ORDER BY conrelid::regclass::text, contype DESC, conname
        """

    private static let indexQuery: PostgresQuery = """
        SELECT indrelid::regclass::text, c.relname::text,
            regexp_replace(pg_get_indexdef(indexrelid), '^CREATE (UNIQUE )?INDEX .* USING ', '\\1')
        FROM pg_index JOIN pg_class c ON c.oid = indexrelid
        WHERE c.relnamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
        ORDER BY indrelid::regclass::text, c.relname
        """

    private static let protectedQuery: PostgresQuery = """
        SELECT relname::text FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relrowsecurity
        """

    /// Tables, columns and indexes that databases of the original have, as `table`, `table.column`, `index`.
    private static func originalNames() throws -> Set<String> {
        struct Catalog: Decodable {
            struct Table: Decodable { let schema, name: String }
            struct Column: Decodable { let schema, table, column: String }
            struct Index: Decodable { let schema, name: String }
            let tables: [Table]
            let columns: [Column]
            let indexes: [Index]
        }
        let catalog = try JSONDecoder().decode(Catalog.self, from: Fixture.data("schema/schema-catalog.json"))
        return Set(catalog.tables.filter { $0.schema == "public" }.map(\.name))
            .union(catalog.columns.filter { $0.schema == "public" }.map { "\($0.table).\($0.column)" })
            .union(catalog.indexes.filter { $0.schema == "public" }.map(\.name))
    }

    /// The page, with the dimensions of the database it was read from.
    var page: String {
        let chapters = SchemaPurposes.chapters.map { chapter in
            (["## \(chapter.title)"] + chapter.tables.map { text(of: $0.name, $0.purpose) })
                .joined(separator: "\n\n")
        }
        return ([Self.beginning] + chapters + [Self.end]).joined(separator: "\n\n") + "\n"
    }

    private func text(of table: String, _ purpose: String) -> String {
        let mark = original.contains(table) ? "" : " *Added.*"
        let scope = protected.contains(table) ? " Bound to tenants by row-level security." : ""
        var lines = ["### \(table)", "", purpose + scope + mark, "", "| column | type | |", "|---|---|---|"]
        for column in columns where column.table == table {
            var notes = column.isNullable ? ["may be NULL"] : []
            if let standard = column.standard { notes.append("default `\(standard)`") }
            if !original.contains("\(table).\(column.name)"), original.contains(table) {
                notes.append("*added*")
            }
            lines.append("| `\(column.name)` | `\(column.type)` | \(notes.joined(separator: "; ")) |")
        }
        lines.append("")
        lines += keys.filter { $0.table == table }.map { "- `\($0.definition)`" }
        for index in indexes where index.table == table {
            let added = original.contains(table) && !original.contains(index.name) ? " *added*" : ""
            lines.append("- index `\(index.name)`: `\(index.definition)`\(added)")
        }
        return lines.joined(separator: "\n")
    }

    private static let beginning = """
        # Schema reference

        Every table of the schema, with its columns, keys and indexes.

        ## Overview

        This page is written from the catalog of a database that the migrations made, with embeddings of 384 dimensions.
        What databases of the original do not have is marked as added. Identifiers are `uuid`, times are `timestamptz`,
        and a row without a tenant belongs to the seed tenant.
        """

    private static let end = """
        ## Functions

        | function | does | raises |
        |---|---|---|
        | `orchestrator_assert_claim(run, epoch)` | locks the run, and fails unless its claim is this one | `ORC01` stale claim, `ORC02` no such run |
        | `orchestrator_assert_job(job, worker, try)` | locks the job, and fails unless this attempt holds it | `ORC03` |
        | `orchestrator_require(ok, code, reason)` | ends the transaction unless something is true | the code it is given |
        | `trigger_set_updated_at()` | sets `updated_at` before an update | |
        """
}

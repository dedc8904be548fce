import FoundationEssentials
import PostgresMigrator
import TestSupport

/// The catalog that the original's migrations leave, as recorded from a real server.
struct SchemaFixture: Decodable {
    private struct Table: Decodable {
        let schema, name: String
        let rlsEnabled, rlsForced: Bool
    }
    private struct Column: Decodable {
        let schema, table, column, type, storage: String
        let position: Int
        let nullable: Bool
        let `default`: String?
    }
    private struct Named: Decodable {
        let schema, table, name, definition: String
    }
    private struct Policy: Decodable {
        let schema, table, name, permissive, using: String
        let withCheck: String?
    }
    private struct Grant: Decodable {
        let table, grantee, privileges: String
    }
    private struct Step: Decodable {
        let hash: String
        let createdAt: Int
    }

    private let tables: [Table]
    private let columns: [Column]
    private let constraints: [Named]
    private let indexes: [Named]
    private let policies: [Policy]
    private let tableGrants: [Grant]
    private let appliedMigrations: [Step]

    static func read() throws -> SchemaFixture {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(SchemaFixture.self, from: Fixture.data("schema/schema-catalog.json"))
    }

    /// Hash and time of every row of the original's ledger.
    var ledger: [(hash: String, time: Int)] { appliedMigrations.map { ($0.hash, $0.createdAt) } }

    /// The columns of schema `public` in their physical order.
    var columnOrder: [String] {
        columns.filter { $0.schema == "public" }.sorted { ($0.table, $0.position) < ($1.table, $1.position) }
            .map { $0.table + "." + $0.column }
    }

    /// Everything of schema `public` in the terms of a snapshot.
    var entries: [CatalogEntry] {
        let grants = tableGrants.map { entry("grant", "\($0.table) to \($0.grantee)", $0.privileges) }
        return tableEntries + columnEntries + named("constraint", constraints) + named("index", indexes)
            + policyEntries + grants + roleEntries
    }

    private var tableEntries: [CatalogEntry] {
        tables.filter { $0.schema == "public" }.map {
            let security = $0.rlsEnabled ? "row security" : "no row security"
            return entry("table", $0.name, security + ($0.rlsForced ? " forced" : ""))
        }
    }

    private var columnEntries: [CatalogEntry] {
        columns.filter { $0.schema == "public" }.map { column in
            var parts = [column.type]
            if !column.nullable { parts.append("NOT NULL") }
            if let value = column.default { parts.append("DEFAULT " + value) }
            parts.append("STORAGE " + column.storage)
            return entry("column", column.table + "." + column.column, parts.joined(separator: " "))
        }
    }

    private var policyEntries: [CatalogEntry] {
        policies.map {
            let check = $0.withCheck.map { " WITH CHECK " + $0 } ?? ""
            return entry(
                "policy", $0.table + "." + $0.name,
                "\($0.permissive) FOR * TO public USING \($0.using)\(check)")
        }
    }

    private var roleEntries: [CatalogEntry] {
        ["cycgraph_app", "cycgraph_admin"].flatMap { role in
            [
                entry("grant", "the schema to " + role, "USAGE"),
                entry("default grant", "r to " + role, "DELETE,INSERT,SELECT,UPDATE"),
                entry("default grant", "S to " + role, "SELECT,USAGE"),
            ]
        }
    }

    private func named(_ kind: String, _ objects: [Named]) -> [CatalogEntry] {
        objects.filter { $0.schema == "public" }.map { object in
            let pieces = object.definition.split(separator: " ON public.", maxSplits: 1)
            return entry(kind, object.table + "." + object.name, pieces.joined(separator: " ON "))
        }
    }

    private func entry(_ kind: String, _ object: String, _ definition: String) -> CatalogEntry {
        CatalogEntry(kind: kind, object: object, definition: definition)
    }
}

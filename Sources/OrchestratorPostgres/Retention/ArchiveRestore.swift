internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// Brings rows of an archive back, in one transaction.
struct ArchiveRestore: Sendable {
    let archive: ColdArchive
    let names: SchemaNames
    let name: String
    let wanted: [UUID]?
    var part: @Sendable (Int, Int) -> Void = { _, _ in }

    /// Restores the wanted runs that are missing; the archive was checked before.
    func run(_ bytes: [UInt8], on connection: PostgresConnection) async throws -> RestoreReport {
        var restored: [UUID] = []
        var present = 0
        var columns: [String: [String]] = [:]
        var runRows: [PostgresJSONText] = []
        var offset = 0
        while let member = try await member(of: bytes, at: offset) {
            offset = member.next
            defer { part(offset, bytes.count) }
            for (table, rows) in member.parts {
                if columns[table] == nil, table != "children" {
                    columns[table] = try await connection.collect(
                        RestoreSQL.columns(of: table, names), as: String.self)
                }
                guard table == "workflow_runs" else {
                    try await add(rows, of: table, columns[table] ?? [], restored, on: connection)
                    continue
                }
                let found = try await connection.collect(
                    RestoreSQL.wanted(rows, wanted: wanted, names), as: UUID.self)
                let added = try await connection.collect(
                    RestoreSQL.runs(rows, columns: columns[table] ?? [], wanted: wanted, names), as: UUID.self
                )
                restored += added
                present += found.count - added.count
                runRows.append(rows)
            }
        }
        for rows in runRows {
            try await connection.execute(RestoreSQL.parents(rows, restored: restored, names))
        }
        return RestoreReport(restored: restored.count, alreadyPresent: present)
    }

    private func add(
        _ rows: PostgresJSONText, of table: String, _ columns: [String], _ restored: [UUID],
        on connection: PostgresConnection
    ) async throws {
        let query: PostgresQuery
        switch table {
        case "graphs": query = RestoreSQL.graphs(rows, columns: columns, names)
        case "usage_records": query = RestoreSQL.usage(rows, restored: restored, names)
        case "children": query = RestoreSQL.children(rows, restored: restored, names)
        default:
            guard !restored.isEmpty else { return }
            query = RestoreSQL.rows(rows, of: table, columns: columns, restored: restored, names)
        }
        try await connection.execute(query)
    }

    /// The rows of one member as JSON arrays, by table in the order of the file, and the place of the next.
    private func member(
        of bytes: [UInt8], at offset: Int
    ) async throws(StoreError) -> (parts: [(String, PostgresJSONText)], next: Int)? {
        let archive = archive
        let name = name
        return try await BlockingWork.run {
            () throws(StoreError) -> (parts: [(String, PostgresJSONText)], next: Int)? in
            guard let member = try archive.rows(of: bytes, at: offset, name: name) else { return nil }
            var parts: [(String, [String])] = []
            for (table, row) in member.rows {
                if parts.last?.0 != table { parts.append((table, [])) }
                parts[parts.count - 1].1.append(row)
            }
            let arrays = parts.map { table, rows in
                (table, PostgresJSONText("[" + rows.joined(separator: ",") + "]"))
            }
            return (arrays, member.next)
        }
    }
}

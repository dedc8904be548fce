internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// Writes runs of one tenant into an archive, in the transaction that has locked them.
struct ArchiveExport: Sendable {
    /// How much is packed at once.
    private static let chunk = 1 << 20

    let archive: ColdArchive
    let names: SchemaNames
    let reach: @Sendable (RetentionPhase) throws -> Void

    /// Writes an archive of the runs; it is listed when the call returns.
    func write(_ runs: [UUID], of tenant: TenantID, on connection: PostgresConnection) async throws {
        let archive = archive
        let name = "\(tenant.text)-\(TimeOrderedIDs().next().text)"
        let instant = try await connection.one("SELECT now()", as: Date.self)
        try await BlockingWork.run { () throws(StoreError) in try FileAccess.makeFolder(archive.folder) }
        var buffer = Array(ArchiveLine.header(tenant, instant).utf8)
        var count = 0
        for table in ArchiveLine.tables {
            var rows = try await connection.query(RetentionSQL.rows(of: table, runs, names))
                .makeAsyncIterator()
            while let row = try await rows.next() {
                buffer += Array(ArchiveLine.row(try row.decode(String.self, at: 0), of: table).utf8)
                count += 1
                guard buffer.count >= Self.chunk else { continue }
                try await append(buffer, to: name)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        buffer += Array(ArchiveLine.footer(rows: count).utf8)
        try await append(buffer, to: name)
        let entry = ArchiveEntry(
            name: name, tenantID: tenant, createdAt: instant, runs: runs.count, rows: count, bytes: 0)
        let manifest = try await BlockingWork.run { () throws(StoreError) in try archive.publish(entry) }
        try reach(.published)
        try await BlockingWork.run { () throws(StoreError) in try archive.enlist(manifest) }
        try reach(.enlisted)
    }

    private func append(_ bytes: [UInt8], to name: String) async throws {
        let archive = archive
        try await BlockingWork.run { () throws(StoreError) in try archive.append(bytes, to: name) }
        try reach(.written)
    }
}

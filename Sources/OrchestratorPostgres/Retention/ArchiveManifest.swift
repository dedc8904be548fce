internal import FoundationEssentials
internal import JSONModel
internal import Orchestrator
internal import StoreContracts

/// One line of the manifest: an archive and the sum of its file, with a sum of the line itself.
struct ArchiveManifest: Hashable, Sendable {
    var entry: ArchiveEntry
    /// CRC-32 of the packed file.
    var sum: UInt32

    init(entry: ArchiveEntry, sum: UInt32) {
        self.entry = entry
        self.sum = sum
    }

    /// Reads a line; nil for one that was cut or changed.
    init?(line: Substring) {
        guard let json = try? JSONValue(parsing: String(line)), let body = json["archive"],
            json["check"]?.stringValue == Self.check(body),
            let name = body["name"]?.stringValue,
            let tenant = body["tenant_id"]?.stringValue.flatMap({ TenantID(text: $0) }),
            let instant = body["created_at_ms"]?.intValue, let runs = body["runs"]?.intValue,
            let rows = body["rows"]?.intValue, let bytes = body["bytes"]?.intValue,
            let sum = body["crc32"]?.stringValue.flatMap({ UInt32($0, radix: 16) })
        else { return nil }
        entry = ArchiveEntry(
            name: name, tenantID: tenant,
            createdAt: Date(timeIntervalSince1970: Double(instant) / 1000), runs: runs, rows: rows,
            bytes: bytes)
        self.sum = sum
    }

    /// The line, with its line break.
    var line: String {
        let body: JSONValue = [
            "name": .string(entry.name), "tenant_id": .string(entry.tenantID.text),
            "created_at_ms": .number(Int64(entry.createdAt.timeIntervalSince1970 * 1000)),
            "runs": .number(entry.runs), "rows": .number(entry.rows), "bytes": .number(entry.bytes),
            "crc32": .string(String(sum, radix: 16)),
        ]
        let whole: JSONValue = ["archive": body, "check": .string(Self.check(body))]
        return whole.jsonText(.canonical) + "\n"
    }

    private static func check(_ body: JSONValue) -> String {
        String(Gzip.crc32(body.jsonBytes(.canonical)), radix: 16)
    }
}

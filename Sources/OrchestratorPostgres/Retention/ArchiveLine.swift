internal import FoundationEssentials
internal import JSONModel
internal import StoreContracts

/// One line of an archive: a row of a table, or what frames the rows.
///
/// An archive is gzip over lines of JSON. The first names format, version, tenant and instant; each line
/// between is `{"table":"workflow_runs","row":{…}}` with the row as the database writes it; the last counts
/// the lines between.
enum ArchiveLine {
    static let format = "orchestrator-cold-archive"
    static let version = 1

    /// The tables in the order in which their rows stand, and come back.
    static let tables = [
        "graphs", "workflow_runs", "workflow_states", "workflow_events", "workflow_checkpoints",
        "workflow_jobs",
        "usage_records", "children",
    ]

    /// The first line.
    static func header(_ tenant: TenantID, _ instant: Date) -> String {
        """
        {"format":"\(format)","version":\(version),"tenant_id":"\(tenant.text)",\
        "created_at_ms":\(Int64(instant.timeIntervalSince1970 * 1000))}

        """
    }

    /// The line of a row, which the server has written as JSON without line breaks.
    static func row(_ json: String, of table: String) -> String {
        "{\"table\":\"\(table)\",\"row\":\(json)}\n"
    }

    /// The last line.
    static func footer(rows: Int) -> String { "{\"rows\":\(rows)}\n" }

    /// The table and the row of a line between; nil for any other line.
    static func split(_ line: Substring) -> (table: String, row: String)? {
        let lead = "{\"table\":\""
        let middle = "\",\"row\":"
        guard line.hasPrefix(lead), line.hasSuffix("}") else { return nil }
        for table in tables where line.dropFirst(lead.count).hasPrefix(table + middle) {
            return (table, String(line.dropFirst(lead.count + table.count + middle.count).dropLast()))
        }
        return nil
    }

    /// How many rows the last line counts; nil for any other line.
    static func count(_ line: Substring) -> Int? {
        guard line.hasPrefix("{\"rows\":"), let json = try? JSONValue(parsing: String(line)) else {
            return nil
        }
        return json["rows"]?.intValue
    }

    /// Whether this is the first line of an archive of the tenant that this program can read.
    static func isHeader(_ line: Substring, of tenant: TenantID) -> Bool {
        guard let json = try? JSONValue(parsing: String(line)) else { return false }
        return json["format"]?.stringValue == format && json["version"]?.intValue == version
            && json["tenant_id"]?.stringValue == tenant.text
    }
}

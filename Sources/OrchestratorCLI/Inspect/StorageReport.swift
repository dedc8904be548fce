#if CLI
import JSONModel
import Orchestrator

/// Where the rows are and what room they take.
struct StorageReport: Sendable {
    /// How many indexes the text shows; JSON has all.
    private static let shownIndexes = 12

    var tiers: StorageStats
    /// nil where no folder was named.
    var archives: [ArchiveEntry]?
    var tables: [StoredTable]
    var indexes: [StoredIndex]

    private var archivedRuns: Int? { archives.map { $0.reduce(0) { $0 + $1.runs } } }

    var text: String {
        var runs = TableText("runs", "#count")
        runs.add("hot: not finished", Text.count(tiers.hotRuns))
        runs.add("warm: finished", Text.count(tiers.warmRuns))
        runs.add("cold: archived, in the tables", Text.count(tiers.coldRuns))
        if let archivedRuns { runs.add("in archives", Text.count(archivedRuns)) }
        let total = tables.reduce(0) { $0 + $1.totalBytes }
        var text = runs.text + "\n\n" + StoredTable.table(tables)
        text += "\n\n" + StoredIndex.table(Array(indexes.prefix(Self.shownIndexes)))
        let hidden = indexes.count - Self.shownIndexes
        if hidden > 0 { text += "\nand \(Text.count(hidden, "smaller index", "smaller indexes"))" }
        return text + "\n\n\(Text.bytes(total)) in \(Text.count(tables.count, "table")) with their indexes."
    }

    var json: JSONValue {
        let cold: JSONValue =
            archives.map { entries in
                [
                    "archives": .number(entries.count), "runs": .number(archivedRuns ?? 0),
                    "bytes": .number(entries.reduce(0) { $0 + $1.bytes }),
                ]
            } ?? .null
        return [
            "hot_runs": .number(tiers.hotRuns), "warm_runs": .number(tiers.warmRuns),
            "cold_runs": .number(tiers.coldRuns), "archived": cold,
            "total_bytes": .number(tables.reduce(0) { $0 + $1.totalBytes }),
            "tables": .array(tables.map(\.json)), "indexes": .array(indexes.map(\.json)),
        ]
    }
}
#endif

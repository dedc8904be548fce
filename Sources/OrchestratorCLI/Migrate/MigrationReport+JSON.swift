#if CLI
import JSONModel
import PostgresMigrator

extension MigrationReport {
    /// What was done, as numbers of migrations.
    var json: JSONValue {
        [
            "applied": .array(applied.map { .number($0) }), "skipped": .array(skipped.map { .number($0) }),
            "refused": .array(
                refused.sorted { $0.key < $1.key }.map {
                    ["version": .number($0.key), "reason": .string($0.value)]
                }),
        ]
    }

    /// What was done, for people.
    var text: String {
        if isNoOp { return "Nothing was pending." }
        var parts = ["Applied \(Text.count(applied.count, "migration"))"]
        if !skipped.isEmpty { parts.append("left out \(skipped.count)") }
        if !refused.isEmpty { parts.append("\(refused.count) refused by the server") }
        return parts.joined(separator: ", ") + "."
    }
}
#endif

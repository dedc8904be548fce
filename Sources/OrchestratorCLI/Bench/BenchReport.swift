#if CLI
import JSONModel

/// What a run of a suite has measured.
struct BenchReport: Sendable {
    var suite: String
    var machine: String
    /// The server; nil for work that needs none.
    var server: String?
    var results: [BenchResult]

    var json: JSONValue {
        [
            "suite": .string(suite), "machine": .string(machine),
            "server": server.map { .string($0) } ?? .null,
            "results": .array(results.map(\.json)),
        ]
    }

    var text: String {
        var table = TableText(
            "workload", "driver", "#per second", "#ratio", "to", "#client CPU µs", "#switches", "#p50 µs",
            "#p99 µs", "remark")
        for result in results {
            guard let measured = result.measured else {
                table.add(
                    result.workload, result.driver, "–", "", "", "", "", "", "", result.objection ?? "")
                continue
            }
            let multiple = measured.multiple.map {
                "\(Text.decimal($0, places: 1)) × \(measured.single ?? "")"
            }
            table.add(
                result.workload, result.driver, Text.count(Int(measured.perSecond.rounded())),
                measured.ratio.map { Text.decimal($0, places: 2) } ?? "", measured.reference ?? "",
                Text.decimal(measured.processorMicroseconds, places: 1),
                Text.decimal(measured.switches, places: 2),
                measured.p50.map { Text.decimal($0, places: 0) } ?? "",
                measured.p99.map { Text.decimal($0, places: 0) } ?? "", multiple ?? "")
        }
        let place = server.map { ", \($0)" } ?? ""
        return "\(machine)\(place)\n\n\(table.text)"
    }
}
#endif

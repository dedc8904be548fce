#if CLI
import JSONModel

/// What reading and writing values costs.
struct CodecReport: Sendable {
    /// One value in one direction.
    struct Cost: Sendable {
        var name: String
        var direction: String
        /// Processor time of the thread for one, in nanoseconds: the best round.
        var nanoseconds: Double
        /// The middle round.
        var median: Double
        /// What a prototype took.
        var figure: Double?
    }

    var machine: String
    var rounds: Int
    var costs: [Cost]

    var json: JSONValue {
        [
            "suite": "client", "machine": .string(machine), "server": .null,
            "results": .array(costs.map(json)),
        ]
    }

    private func json(_ cost: Cost) -> JSONValue {
        [
            "workload": "codecs", "driver": "orchestrator", "item": .string(cost.name),
            "direction": .string(cost.direction), "nanoseconds": BenchResult.number(cost.nanoseconds),
            "median_nanoseconds": BenchResult.number(cost.median),
            "per_second": BenchResult.number(1e9 / max(cost.nanoseconds, 1e-3)),
            "figure_nanoseconds": BenchResult.number(cost.figure), "rounds": .number(JSONNumber(rounds)),
        ]
    }

    var text: String {
        var table = TableText("value", "direction", "#ns", "#median ns", "#prototype ns")
        for cost in costs {
            table.add(
                cost.name, cost.direction, Text.decimal(cost.nanoseconds, places: 1),
                Text.decimal(cost.median, places: 1), cost.figure.map { Text.decimal($0, places: 0) } ?? "")
        }
        return "\(machine)\n\n\(table.text)"
    }
}
#endif

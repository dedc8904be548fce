#if CLI
import FoundationEssentials
import JSONModel

/// What chaos did and what came of it.
struct ChaosReport: Sendable {
    /// What happened at one point.
    struct Row: Sendable {
        var point: String
        var runs: Int
        var reexecuted: Int
        var violations: Int
    }

    let settings: ChaosSettings
    let kills: [ChaosKill]
    let verdicts: [UUID: ChaosVerdict]
    let takeovers: [Double]
    let seconds: Double

    /// How many times a promise was broken.
    var violations: Int { verdicts.values.reduce(0) { $0 + $1.violations.count } }

    /// How many workers died.
    var deaths: Int { kills.count { $0.isDeath } }

    var reexecuted: Int { verdicts.values.reduce(0) { $0 + $1.reexecuted } }

    /// The time within which 99 of 100 runs of dead workers were taken over; nil if none was.
    var takeoverP99: Double? {
        takeovers.isEmpty ? nil : takeovers[min(takeovers.count - 1, takeovers.count * 99 / 100)]
    }

    /// A line for each point; a run counts at every point where it was hit, its re-executions at the first one.
    var table: [Row] {
        var runs: [String: Set<UUID>] = [:]
        var first: [UUID: String] = [:]
        for kill in kills {
            runs[kill.point, default: []].formUnion(kill.runs)
            for run in kill.runs where first[run] == nil { first[run] = kill.point }
        }
        // What every run suffers has no point.
        if kills.isEmpty {
            return [
                Row(
                    point: settings.mode.rawValue, runs: verdicts.count, reexecuted: reexecuted,
                    violations: violations)
            ]
        }
        return runs.keys.sorted().map { point in
            let own = runs[point] ?? []
            return Row(
                point: point, runs: own.count,
                reexecuted: first.filter { $0.value == point }.keys.reduce(0) {
                    $0 + (verdicts[$1]?.reexecuted ?? 0)
                },
                violations: own.reduce(0) { $0 + (verdicts[$1]?.violations.count ?? 0) })
        }
    }

    var json: JSONValue {
        [
            "mode": .string(settings.mode.rawValue), "points": .number(settings.points),
            "seed": .number(settings.seed), "runs": .number(verdicts.count), "kills": .number(deaths),
            "reexecuted_steps": .number(reexecuted), "violations": .number(violations),
            "takeover_p99_seconds": takeoverP99.map { .number(($0 * 1000).rounded() / 1000) } ?? .null,
            "seconds": .number((seconds * 1000).rounded() / 1000),
            "table": .array(
                table.map {
                    [
                        "point": .string($0.point), "runs": .number($0.runs),
                        "reexecuted": .number($0.reexecuted), "violations": .number($0.violations),
                    ]
                }),
            "details": .array(details.map { .string($0) }),
        ]
    }

    /// The first violations.
    private var details: [String] {
        Array(verdicts.values.flatMap(\.violations).sorted().prefix(20))
    }

    func text(_ console: Console) -> String {
        var lines: [String] = []
        if !table.isEmpty {
            var text = TableText("point", "#runs", "#re-executed", "#violations")
            for row in table {
                text.add(
                    row.point, Text.count(row.runs), Text.count(row.reexecuted), Text.count(row.violations))
            }
            lines += [text.text, ""]
        }
        lines += details
        let takeover = takeoverP99.map {
            "; 99 of 100 runs were taken over within \(Text.decimal($0, places: 1)) s"
        }
        lines.append(
            "\(Text.count(verdicts.count, "run")), \(Text.count(deaths, "kill")), "
                + "\(Text.count(reexecuted, "step")) executed again\(takeover ?? "") "
                + "(\(Text.decimal(seconds, places: 1)) s)")
        lines.append(
            violations == 0
                ? console.paint("Nothing was lost and nothing was done twice.", .good)
                : console.paint("\(Text.count(violations, "violation")).", .bad))
        return lines.joined(separator: "\n")
    }
}
#endif

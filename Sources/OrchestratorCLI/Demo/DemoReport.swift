#if CLI
import FoundationEssentials
import JSONModel

/// What a demo found.
struct DemoReport: Sendable {
    /// The server, as `PostgreSQL 18.6 at 127.0.0.1:5432`.
    var server: String
    var database: String
    var runs: Int
    var completed: Int
    var workersKilled: Int
    var steps: Int
    /// Executions that were begun and whose worker died before they were recorded.
    var reexecutedSteps: Int
    var recall: Double
    /// From the first worker's start until the last job was settled.
    var workSeconds: Double
    /// All in all.
    var seconds: Double
    var checks: [DemoCheck]
    var timeline: RunTimeline?

    var violations: Int { checks.reduce(0) { $0 + $1.violations } }

    var isGood: Bool { violations == 0 && checks.allSatisfy(\.isOK) }

    var json: JSONValue {
        [
            "server": .string(server), "runs": .number(runs), "completed": .number(completed),
            "workers_killed": .number(workersKilled), "steps": .number(steps),
            "reexecuted_steps": .number(reexecutedSteps), "violations": .number(violations),
            "recall_at_20": .number((recall * 10_000).rounded() / 10_000),
            "seconds": .number((seconds * 1000).rounded() / 1000), "checks": .array(checks.map(\.json)),
        ]
    }

    /// The report for people.
    func text(_ console: Console, kill: DemoKill?, isKept: Bool) -> String {
        var lines: [String] = []
        if let timeline, let kill {
            lines.append("The run that \(kill.worker) held when it was killed:")
            lines.append("")
            lines.append(timeline.text(console))
            lines.append("")
        }
        for check in checks {
            let mark = check.isOK ? console.paint("✓", .good) : console.paint("✗", .bad)
            lines.append("\(mark) \(check.text)  \(console.paint(check.detail, .faint))")
        }
        lines.append("")
        let rate = Text.decimal(Double(steps) / max(workSeconds, 0.001), places: 1)
        lines.append(
            "\(Text.count(completed, "run")) completed, \(Text.count(steps, "step")) at \(rate) steps/s, "
                + "\(Text.count(reexecutedSteps, "step")) executed again after the kill, "
                + "\(Text.count(violations, "violation")), \(Text.decimal(seconds, places: 1)) s on \(server)"
        )
        lines.append(console.paint(nextStep(kill, isKept: isKept), .faint))
        return lines.joined(separator: "\n")
    }

    private func nextStep(_ kill: DemoKill?, isKept: Bool) -> String {
        guard isKept else {
            return "Next: orchestrator demo --keep keeps the database, to look at every run."
        }
        let run = kill.map { $0.run.uuidString.lowercased() } ?? "ID"
        return """
            Kept as database \(database). Next, with --url or DATABASE_URL naming it:
              orchestrator inspect runs
              orchestrator inspect run \(run)
            """
    }
}
#endif

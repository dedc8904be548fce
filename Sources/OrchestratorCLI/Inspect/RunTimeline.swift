#if CLI
import FoundationEssentials
import JSONModel
import Orchestrator

/// What happened to a run, line by line: claims, steps, setbacks and the end.
struct RunTimeline: Sendable {
    private(set) var entries: [TimelineEntry] = []
    let start: Date
    private let attempts: [JobAttempt]

    /// Tells a history; `extra` are lines that only the caller knows, as the moment of a kill.
    init(_ history: RunHistory, extra: [TimelineEntry] = []) {
        attempts = history.attempts
        start = min(history.run.createdAt, history.jobs.first?.createdAt ?? history.run.createdAt)
        for attempt in attempts { add(attempt) }
        add(history.events)
        if let completed = history.run.completedAt {
            var last = entry(at: completed, .ending, text: "the run is \(history.run.statusText)")
            last.attempt = attempts.last?.attempt
            last.worker = attempts.last?.workerID
            entries.append(last)
        }
        entries += extra
        // Sorting is not stable by itself, and the events of one commit share their time.
        entries = entries.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element)
    }

    var json: JSONValue { .array(entries.map { $0.json(since: start) }) }

    /// The timeline as a table.
    func text(_ console: Console) -> String {
        let hasCosts = entries.contains { $0.costUSD != nil }
        var table = TableText("#time", "#attempt", "worker", "what happened", "#took")
        if hasCosts { table.headings.append(TableText.Heading(title: "cost", isNumeric: true)) }
        for entry in entries {
            var cells = [
                "\(Text.decimal(entry.time.timeIntervalSince(start), places: 3)) s",
                entry.attempt.map(String.init) ?? "", entry.worker ?? "", entry.text,
                entry.duration.map(Text.seconds) ?? "",
            ]
            if hasCosts { cells.append(entry.costUSD.map { "$\(Text.decimal($0, places: 4))" } ?? "") }
            table.rows.append(cells)
        }
        let lines = table.text.split(separator: "\n").map(String.init)
        return zip(lines, [nil, nil] + entries.map { Optional($0) }).map { line, entry in
            switch entry?.kind {
            case .setback: console.paint(line, .bad)
            case .claim: console.paint(line, .strong)
            case .ending: console.paint(line, .good)
            default: line
            }
        }.joined(separator: "\n")
    }

    private mutating func add(_ attempt: JobAttempt) {
        entries.append(
            TimelineEntry(
                time: attempt.startedAt, kind: .claim, attempt: attempt.attempt, worker: attempt.workerID,
                text: "\(attempt.workerID) claims the run (epoch \(attempt.claimEpoch))"))
        if let end = attempt.endedAt, let error = attempt.error {
            entries.append(
                TimelineEntry(
                    time: end, kind: .setback, attempt: attempt.attempt, worker: attempt.workerID, text: error
                ))
        }
    }

    /// One line a step; a second start of the same execution is one that was executed again.
    private mutating func add(_ events: [WorkflowEvent]) {
        var iteration = 0
        var startedIterations: Set<Int> = []
        var started: Date?
        var items: [String: [Date]] = [:]
        for event in events {
            switch event.eventType {
            case .nodeStarted:
                started = event.createdAt
                guard let node = event.nodeID, !startedIterations.insert(iteration).inserted else { continue }
                let kept = items["\(node):\(iteration)"]?.count ?? 0
                let rest =
                    kept > 0 ? "; its \(Text.count(kept, "finished item stays", "finished items stay"))" : ""
                entries.append(
                    entry(at: event.createdAt, .setback, node: node, text: "\(node) is executed again\(rest)")
                )
            case .childActionDispatched:
                let map = event.nodeID?.split(separator: "/").first.map(String.init) ?? ""
                items["\(map):\(iteration)", default: []].append(event.createdAt)
            case .actionDispatched:
                let finished = items["\(event.nodeID ?? ""):\(iteration)"] ?? []
                entries.append(step(event, items: finished, started: started))
            case .internalDispatched where event.internalType == "_increment_iteration":
                iteration += 1
            default:
                continue
            }
        }
    }

    private func step(_ event: WorkflowEvent, items: [Date], started: Date?) -> TimelineEntry {
        let node = event.nodeID ?? "?"
        let action = event.action
        var text = node
        switch action?["type"]?.stringValue {
        case "handoff": text += " hands over to \(action?["payload"]?["node_id"]?.stringValue ?? "?")"
        case "set_status": text += " ends the run"
        case "merge_parallel_results": text += ": \(Text.count(items.count, "item"))\(split(items))"
        default: text += " done"
        }
        var entry = entry(at: event.createdAt, .step, node: node, text: text)
        entry.costUSD = action?["metadata"]?["token_usage"]?["costUsd"]?.doubleValue
        if let milliseconds = action?["metadata"]?["duration_ms"]?.doubleValue {
            entry.duration = .milliseconds(milliseconds)
        } else if let started {
            // A map has no handler of its own that could be timed.
            entry.duration = .seconds(event.createdAt.timeIntervalSince(started))
        }
        return entry
    }

    /// Who executed the items, if it was more than one claim.
    private func split(_ items: [Date]) -> String {
        var counts: [(Int, Int)] = []
        for item in items {
            let attempt = self.attempt(at: item)?.attempt ?? 0
            if counts.last?.0 == attempt {
                counts[counts.count - 1].1 += 1
            } else {
                counts.append((attempt, 1))
            }
        }
        // Worth a word only if the items were not all executed by one claim.
        guard counts.count > 1 else { return "" }
        return " (" + counts.map { "\($0.1) by attempt \($0.0)" }.joined(separator: ", ") + ")"
    }

    private func entry(
        at time: Date, _ kind: TimelineEntry.Kind, node: String? = nil, text: String
    ) -> TimelineEntry {
        let attempt = attempt(at: time)
        return TimelineEntry(
            time: time, kind: kind, attempt: attempt?.attempt, worker: attempt?.workerID, node: node,
            text: text)
    }

    /// The claim that held the run at an instant.
    private func attempt(at time: Date) -> JobAttempt? { attempts.last { $0.startedAt <= time } }
}
#endif

#if CLI
import ArgumentParser
import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

/// `orchestrator inspect run ID`.
struct InspectRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Show a run's timeline: claims, steps, setbacks, durations, cost.")

    @Argument(help: "The run's id.")
    var id: String

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard UUID(uuidString: id) != nil else { throw ValidationError("The id of a run is a UUID.") }
    }

    func run() async throws {
        let console = output.console()
        guard let id = UUID(uuidString: id) else { return }
        try await server.withClient { client in
            try await SchemaGuard.require(client)
            guard let history = try await RunHistory.load(id, from: client) else {
                throw CommandFailure(
                    .checkFailed, "There is no run \(id.text)",
                    remedy: "List them with orchestrator inspect runs")
            }
            let timeline = RunTimeline(history)
            console.result(Self.text(history, timeline, console))
            console.document(Self.json(history, timeline))
        }
    }

    private static func text(_ history: RunHistory, _ timeline: RunTimeline, _ console: Console) -> String {
        let run = history.run
        var lines = ["run     \(run.id.text)", "graph   \(history.graphName)", "status  \(run.statusText)"]
        if let goal = history.state?.goal, !goal.isEmpty { lines.append("goal    \(goal)") }
        if let error = history.state?.lastError { lines.append("error   \(error)") }
        if let cost = history.state?.totalCostUSD, cost > 0 {
            lines.append("cost    \(Text.decimal(cost, places: 6)) US dollars")
        }
        if let answer = history.state?.memory["answer"]?.stringValue {
            let indented = answer.split(separator: "\n").joined(separator: "\n        ")
            lines.append("answer  \(indented)")
        }
        return lines.joined(separator: "\n") + "\n\n" + timeline.text(console)
    }

    private static func json(_ history: RunHistory, _ timeline: RunTimeline) -> JSONValue {
        let run = history.run
        return [
            "run": [
                "id": .string(run.id.text), "graph": .string(history.graphName),
                "status": .string(run.statusText),
                "claim_epoch": .number(run.claimEpoch), "events": .number(history.events.count),
                "steps": .number(history.events.count { $0.eventType == .actionDispatched }),
                "cost_usd": .number(history.state?.totalCostUSD ?? 0),
                "last_error": history.state?.lastError.map { .string($0) } ?? .null,
            ],
            "attempts": .array(
                history.attempts.map { attempt in
                    [
                        "attempt": .number(attempt.attempt), "worker": .string(attempt.workerID),
                        "epoch": .number(attempt.claimEpoch),
                        "error": attempt.error.map { .string($0) } ?? .null,
                    ]
                }),
            "timeline": timeline.json,
        ]
    }
}
#endif

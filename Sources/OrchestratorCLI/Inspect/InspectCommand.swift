#if CLI
import ArgumentParser

/// `orchestrator inspect`: what happened and why.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what happened and why: runs, one run's timeline, queue, workers, storage.",
        subcommands: [
            InspectRuns.self, InspectRun.self, InspectQueue.self, InspectWorkers.self, InspectStorage.self,
        ])
}
#endif

#if CLI
import ArgumentParser

/// The root of the command line.
@main
struct OrchestratorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orchestrator",
        abstract: "Durable agent workflows on PostgreSQL.")
}
#endif

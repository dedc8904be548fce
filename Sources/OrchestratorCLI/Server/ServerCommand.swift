#if CLI
import ArgumentParser

/// `orchestrator server`: the embedded server by itself.
struct ServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server",
        abstract: "Start, stop and inspect the embedded PostgreSQL with pgvector.",
        subcommands: [
            ServerStart.self, ServerStop.self, ServerStatus.self, ServerURL.self, ServerDestroy.self,
        ])
}
#endif

#if CLI
import ArgumentParser

/// The root of the command line.
struct OrchestratorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orchestrator",
        abstract: "Durable agent workflows on PostgreSQL.",
        discussion: """
            Commands that need a database take it from --url, else from DATABASE_URL, else from PGHOST and the other \
            PG variables; the demo starts a server of its own if none of these is given.

            Exit codes: 0 done and good, 1 a check failed, 2 wrong usage or configuration, 3 server not reachable \
            or refused us, 4 interrupted.
            """,
        version: ProgramVersion.text,
        subcommands: [
            DemoCommand.self, ServerCommand.self, MigrateCommand.self, InspectCommand.self,
            WorkerCommand.self, ArchiveCommand.self, ConformanceCommand.self, QueryCommand.self,
            TraceCommand.self, DoctorCommand.self, ChaosCommand.self, ChaosWorkerCommand.self,
            BenchCommand.self,
        ])
}
#endif

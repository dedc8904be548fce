#if CLI
import ArgumentParser

/// `orchestrator migrate`: the schema.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring a database to this program's schema, and check that it is there.",
        subcommands: [
            MigratePlan.self, MigrateApply.self, MigrateVerify.self, MigrateAdopt.self, MigrateVersion.self,
            MigrateNew.self,
        ])
}
#endif

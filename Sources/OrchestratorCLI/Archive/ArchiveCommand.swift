#if CLI
import ArgumentParser

/// `orchestrator archive`: the cold tier.
struct ArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Move finished runs to a folder of archives, look at these, and bring runs back.",
        subcommands: [ArchiveExport.self, ArchiveList.self, ArchiveVerify.self, ArchiveRestore.self])
}
#endif

#if CLI
import ArgumentParser
import FoundationEssentials
import OrchestratorPostgres
import StoreContracts

/// Where the archives are.
struct ArchiveFolder: ParsableArguments {
    @Option(name: .customLong("folder"), help: "The folder that holds the archives.")
    var path: String

    /// The archives; the folder may be missing.
    var archive: ColdArchive { ColdArchive(folder: path) }

    /// The archives of a folder that must be there, since a misspelt one would look empty.
    func existing() throws -> ColdArchive {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
            throw CommandFailure(
                .configuration, "There is no folder \(path)",
                remedy: "Give --folder the folder that orchestrator archive export wrote to")
        }
        return archive
    }

    /// Explains what went wrong with an archive.
    func explained(_ error: StoreError) -> any Error {
        let details = String(describing: error)
        switch error.code {
        case .missingRecord(table: "archives", let id):
            return CommandFailure(
                .configuration, "There is no archive \(id) in \(path)",
                remedy: "See what there is with orchestrator archive list", details: details)
        case .corruptRecord(table: "archives", let id):
            return CommandFailure(
                .checkFailed, "The archive \(id) is damaged: \(error.cause ?? "it cannot be read")",
                remedy: "Bring its file back from a copy; nothing was changed", details: details)
        default:
            guard error.remedy == ColdArchive.folderRemedy else { return error }
            return CommandFailure(
                .configuration, "The folder of the archives cannot be used: \(error.cause ?? path)",
                remedy: error.remedy, details: details)
        }
    }
}
#endif

#if CLI
import ArgumentParser
import FoundationEssentials
import JSONModel
import Orchestrator
import OrchestratorPostgres
import StoreContracts

/// `orchestrator archive list`.
struct ArchiveList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the archives of a folder, oldest first; needs no database.")

    @OptionGroup var folder: ArchiveFolder
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        do {
            let archives = try await folder.existing().listArchives()
            console.result(Self.text(archives, folder.path))
            console.document([
                "folder": .string(folder.path), "archives": .array(archives.map(Self.json)),
            ])
        } catch let error as StoreError {
            throw folder.explained(error)
        }
    }

    private static func text(_ archives: [ArchiveEntry], _ path: String) -> String {
        guard !archives.isEmpty else { return "There are no archives in \(path)." }
        var table = TableText("archive", "tenant", "written", "#runs", "#rows", "#size")
        for entry in archives {
            table.add(
                entry.name, entry.tenantID.text, entry.createdAt.formatted(.iso8601), Text.count(entry.runs),
                Text.count(entry.rows), Text.bytes(entry.bytes))
        }
        return table.text
    }

    private static func json(_ entry: ArchiveEntry) -> JSONValue {
        [
            "name": .string(entry.name), "tenant_id": .string(entry.tenantID.text),
            "created_at": .string(
                entry.createdAt.formatted(.iso8601.time(includingFractionalSeconds: true))),
            "runs": .number(entry.runs), "rows": .number(entry.rows), "bytes": .number(entry.bytes),
        ]
    }
}
#endif

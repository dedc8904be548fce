#if CLI
import ArgumentParser
import JSONModel
import Orchestrator
import OrchestratorPostgres
import StoreContracts

/// `orchestrator archive verify`.
struct ArchiveVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Read every archive whole and compare lengths, checksums and counts; needs no database.",
        discussion: """
            Exit code 1 if an archive is damaged or gone. Files that an interrupted export left are named and are \
            no damage: their runs never left the tables. Remove them when no export is under way.
            """)

    @OptionGroup var folder: ArchiveFolder
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        let bar = ProgressBar("verifying", total: 0, unit: "archives", on: console)
        let verdicts: [ArchiveVerdict]
        do {
            verdicts = try await folder.existing().verifyArchives { bar.update($0, total: $1) }
            bar.abandon()
        } catch let error as StoreError {
            bar.abandon()
            throw folder.explained(error)
        }
        let damaged = verdicts.filter { $0.problem != nil && !$0.isLeftover }
        console.result(Self.text(verdicts, damaged: damaged.count, console))
        console.document([
            "folder": .string(folder.path), "ok": .bool(damaged.isEmpty),
            "archives": .array(verdicts.filter { !$0.isLeftover }.map(Self.json)),
            "leftovers": .array(verdicts.filter(\.isLeftover).map(Self.json)),
        ])
        guard damaged.isEmpty else {
            throw CommandFailure(
                .checkFailed, "\(Text.count(damaged.count, "archive")) cannot be restored",
                remedy: "Bring the files back from a copy")
        }
    }

    private static func text(_ verdicts: [ArchiveVerdict], damaged: Int, _ console: Console) -> String {
        let archives = verdicts.filter { !$0.isLeftover }
        var lines = archives.compactMap { verdict in
            verdict.problem.map { "\(console.paint("damaged", .bad))   \(verdict.name): \($0)" }
        }
        for leftover in verdicts where leftover.isLeftover {
            lines.append("left over \(leftover.name): \(leftover.problem ?? "")")
        }
        let good = Text.count(archives.count - damaged, "archive")
        lines.append("\(good) of \(Text.count(archives.count)) can be restored.")
        return lines.joined(separator: "\n")
    }

    private static func json(_ verdict: ArchiveVerdict) -> JSONValue {
        [
            "name": .string(verdict.name), "ok": .bool(verdict.problem == nil),
            "problem": verdict.problem.map { .string($0) } ?? .null,
        ]
    }
}
#endif

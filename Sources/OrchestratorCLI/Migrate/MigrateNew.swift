#if CLI
import ArgumentParser
import FoundationEssentials
import JSONModel
import OrchestratorMigrations
import PostgresMigrator

/// `orchestrator migrate new`.
struct MigrateNew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Scaffold the next numbered file in the Migrations/sql folder of a clone.")

    @Argument(help: "What it does, in words joined by underscores.")
    var name: String

    @Option(help: "The clone; the current folder if none is given.")
    var clone = "."

    @OptionGroup var output: OutputOptions

    func validate() throws {
        let isName = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
        }
        guard isName, (1...60).contains(name.utf8.count) else {
            throw ValidationError("A migration's name is 1 to 60 lower-case letters, digits and underscores.")
        }
    }

    func run() async throws {
        let console = output.console()
        let folder = "\(clone)/Migrations/sql"
        guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw CommandFailure(
                .configuration, "There is no folder \(folder)",
                remedy: "Run it in a clone, or name one with --clone")
        }
        let numbers = files.compactMap {
            $0.hasPrefix("m") ? Int($0.dropFirst().prefix { $0.isNumber }) : nil
        }
        let version = max(numbers.max() ?? 0, OrchestratorSchema.migrations.map(\.version).max() ?? 0) + 1
        let digits = String(repeating: "0", count: max(0, 4 - String(version).count)) + String(version)
        let path = "\(folder)/m\(digits)_\(name).sql"
        let text = "-- Say what this migration is for. Templates: {{schema}}, {{embedding_dimensions}}.\n"
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch {
            throw CommandFailure(
                .configuration, "The file \(path) cannot be written",
                remedy: "Look at the rights of the folder",
                details: String(describing: error))
        }
        let line = "workflow(\(version), \"\(name)\", PackageResources.m\(digits)_\(name)_sql)"
        console.result("\(path)\nAdd to OrchestratorSchema.migrations: \(line),")
        console.document(["version": .number(version), "name": .string(name), "path": .string(path)])
    }
}
#endif

#if CLI
import ArgumentParser
import JSONModel
import OrchestratorMigrations
import PostgresMigrator

/// `orchestrator migrate verify`.
struct MigrateVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare the live catalog with what the migrations leave: exit code 1 if it differs.")

    @OptionGroup var options: SchemaOptions
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        let options = options
        try await server.withClient { client in
            let comparison = try await options.schema(client).verify()
            console.result(Self.text(comparison))
            console.document(Self.json(comparison))
            guard comparison.isMatch else {
                throw CommandFailure(.catalogDiffers(comparison), server: "the server")
            }
        }
    }

    private static func json(_ comparison: CatalogComparison) -> JSONValue {
        func object(_ entry: CatalogEntry) -> JSONValue {
            [
                "kind": .string(entry.kind), "object": .string(entry.object),
                "definition": .string(entry.definition),
            ]
        }
        return [
            "ok": .bool(comparison.isMatch), "missing": .array(comparison.missing.map(object)),
            "changed": .array(
                comparison.changed.map { ["expected": object($0.expected), "found": object($0.found)] }),
            "extra": .array(comparison.extra.map(object)),
        ]
    }

    private static func text(_ comparison: CatalogComparison) -> String {
        var lines: [String] = []
        for entry in comparison.missing { lines.append("missing  \(entry.kind) \(entry.object)") }
        for change in comparison.changed {
            lines.append("changed  \(change.expected.kind) \(change.expected.object)")
            lines.append("         expected \(change.expected.definition)")
            lines.append("         found    \(change.found.definition)")
        }
        if comparison.isMatch { lines.append("The database is as the migrations leave it.") }
        if !comparison.extra.isEmpty {
            lines.append("\(Text.count(comparison.extra.count, "object")) besides, which no migration made.")
        }
        return lines.joined(separator: "\n")
    }
}
#endif

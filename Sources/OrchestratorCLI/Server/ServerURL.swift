#if CLI
import ArgumentParser
import EmbeddedPostgres
import JSONModel

/// `orchestrator server url`.
struct ServerURL: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "url", abstract: "Print the URL of the server, with its password.")

    @OptionGroup var server: ServerNameOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        let url = try await EmbeddedPostgresServer.url(server.options(console))
        console.result(url)
        console.document(["name": .string(server.name), "url": .string(url)])
    }
}
#endif

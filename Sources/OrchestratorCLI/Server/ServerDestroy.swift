#if CLI
import ArgumentParser
import EmbeddedPostgres

/// `orchestrator server destroy`.
struct ServerDestroy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy", abstract: "Stop the server and remove its data for good.")

    @OptionGroup var server: ServerNameOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        try await EmbeddedPostgresServer.destroy(server.options(console))
        console.result("The server \(server.name) and its data are gone.")
        console.document(ServerReport.json(server.name, status: "absent"))
    }
}
#endif

#if CLI
import ArgumentParser
import EmbeddedPostgres

/// `orchestrator server stop`.
struct ServerStop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stop the server; its data stay.")

    @OptionGroup var server: ServerNameOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        try await EmbeddedPostgresServer.stop(server.options(console))
        console.result("The server \(server.name) does not run; its data stay.")
        console.document(ServerReport.json(server.name, status: "stopped"))
    }
}
#endif

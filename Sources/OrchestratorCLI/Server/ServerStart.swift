#if CLI
import ArgumentParser
import EmbeddedPostgres

/// `orchestrator server start`.
struct ServerStart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Start the server, or find it running; it is downloaded once if none is installed.")

    @OptionGroup var server: ServerNameOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        let started = try await EmbeddedPostgresServer.start(server.options(console))
        console.note(
            started.wasRunning
                ? "The server \(server.name) runs already." : "The server \(server.name) has started.")
        console.result(ServerReport.text(server.name, running: started))
        console.document(ServerReport.json(server.name, running: started))
    }
}
#endif

#if CLI
import ArgumentParser
import EmbeddedPostgres

/// `orchestrator server status`.
struct ServerStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say whether the server runs: exit code 0 if it does, else 1.")

    @OptionGroup var server: ServerNameOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        switch try await EmbeddedPostgresServer.status(server.options(console)) {
        case .running(let running):
            console.result(ServerReport.text(server.name, running: running))
            console.document(ServerReport.json(server.name, running: running))
        case .stopped(let url):
            console.document(ServerReport.json(server.name, status: "stopped", url: url))
            throw CommandFailure(
                .checkFailed, "The server \(server.name) does not run",
                remedy: "Start it with orchestrator server start --name \(server.name)")
        case .absent:
            console.document(ServerReport.json(server.name, status: "absent"))
            throw CommandFailure(
                .checkFailed, "There is no server \(server.name)",
                remedy: "Start it with orchestrator server start --name \(server.name)")
        }
    }
}
#endif

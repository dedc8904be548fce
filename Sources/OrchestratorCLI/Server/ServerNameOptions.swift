#if CLI
import ArgumentParser
import EmbeddedPostgres

/// Which embedded server is meant.
struct ServerNameOptions: ParsableArguments {
    @Option(help: "The server's name.")
    var name = "main"

    /// The options of the embedded server, with its progress on the console.
    func options(_ console: Console) -> EmbeddedPostgresOptions {
        EmbeddedPostgresOptions(name: name) { step in console.note("\(step) …") }
    }
}
#endif

#if CLI
import ArgumentParser

/// The options of every subcommand that needs no database.
struct OutputOptions: ParsableArguments {
    @Option(help: "How results are written: text or json.")
    var format: OutputFormat = .text

    @Flag(name: .shortAndLong, help: "Write results and errors only.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Write details of what is done and of errors.")
    var verbose = false

    /// The console, set up as these options say.
    func console() -> Console {
        Console.shared.configure(format: format, isQuiet: quiet, isVerbose: verbose)
        return Console.shared
    }
}
#endif

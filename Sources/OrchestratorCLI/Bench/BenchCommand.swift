#if CLI
import ArgumentParser

/// `orchestrator bench`.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure this package beside others, in rounds of one run.",
        discussion: """
            --suite adapters: the calls of the PostgreSQL adapters, beside pgbench that sends the same SQL with the \
            same number of clients. It works in a database of its own, orchestrator_bench_…, which is dropped at the \
            end. Without --url, DATABASE_URL or PG variables it uses the embedded server.

            --suite client: codecs, what it costs to read and write values of each type. It needs no server.

            Every round does all workloads by all drivers in an order of its own; results are medians over the \
            rounds. Compare only what stands in one run. A process of the lowest priority on each processor keeps \
            it from sleeping meanwhile.
            """)

    @Option(help: "What is measured: client or adapters.")
    var suite: BenchSuite = .adapters

    @Option(
        name: .customLong("only"), parsing: .singleValue,
        help: "Measure this workload only; names may be separated by commas, and the option repeated.")
    var only: [String] = []

    @Option(help: "How many rounds, 1 to 1,000.")
    var rounds = 5

    @Option(help: "How much work a round is, as a multiple of the usual, 0.001 to 100.")
    var scale = 1.0

    @Flag(help: "Let processors sleep.")
    var noSpin = false

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1_000).contains(rounds) else { throw ValidationError("--rounds must be 1 to 1000.") }
        guard (0.001...100).contains(scale) else { throw ValidationError("--scale must be 0.001 to 100.") }
    }

    func run() async throws {
        let console = output.console()
        if !BenchMachine.isOptimised {
            console.warn(
                "this is a debug build, several times as slow; build with swift build -c release to compare")
        }
        let names = only.flatMap { $0.split(separator: ",").map(String.init) }
        let spinners = noSpin || suite == .client ? nil : Spinners.start()
        defer { spinners?.stop() }
        switch suite {
        case .client:
            let report = try CodecSuite(rounds: rounds, scale: scale, console: console).run(only: names)
            console.result(report.text)
            console.document(report.json)
        case .adapters:
            let report = try await AdapterSuite(rounds: rounds, scale: scale, console: console)
                .run(only: names, on: server)
            console.result(report.text)
            console.document(report.json)
        }
    }
}
#endif

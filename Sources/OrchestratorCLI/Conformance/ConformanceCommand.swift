#if CLI
import AdapterConformance
import ArgumentParser
import JSONModel
import PostgresWire

/// `orchestrator conformance`.
struct ConformanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract:
            "Check every promise of the adapters on a server of your own: exit code 1 if one is broken.",
        discussion: """
            Works in a schema of its own, orchestrator_conformance_…, which it makes and removes. Nothing else in the \
            database is touched. The role must be one that row-level security does not bind.
            """)

    @Option(help: "Which adapters: postgres or memory.")
    var adapter: ConformanceAdapter = .postgres

    @Option(
        name: .customLong("contract"), help: "Check this contract only, as WorkflowQueue; may be repeated.")
    var contracts: [String] = []

    @Flag(help: "List the promises instead of checking them.")
    var list = false

    @Option(help: "Also write the report to this file: a web page, or JUnit's XML if its name ends in .xml.")
    var report: String?

    @OptionGroup var server: ServerOptions

    @Option(help: "How results are written: text, json or junit.")
    var format: ConformanceFormat = .text

    @Flag(name: .shortAndLong, help: "Write results and errors only.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Write details of what is done and of errors, and every promise.")
    var verbose = false

    func run() async throws {
        let console = Console.shared
        console.configure(
            format: format == .text ? .text : .json, isQuiet: quiet, isVerbose: verbose)
        let suite = try chosenSuite()
        if list { return show(suite, on: console) }
        let report =
            switch adapter {
            case .memory: await check(suite, on: InMemorySubject(), console)
            case .postgres: try await checkPostgres(suite, console)
            }
        try show(report, on: console)
        guard report.isConforming else {
            throw CommandFailure(
                .checkFailed, "\(report.subject) breaks \(Text.count(report.failures.count, "promise"))",
                remedy: "Read the details above, or in the file of --report")
        }
    }

    private func chosenSuite() throws -> ConformanceSuite {
        guard !contracts.isEmpty else { return available }
        let known = Set(available.promises.map(\.contract))
        let chosen = try contracts.map { name in
            guard let contract = Contract(rawValue: name), known.contains(contract) else {
                let known = Contract.allCases.filter(known.contains).map(\.rawValue).joined(separator: ", ")
                throw CommandFailure(
                    .configuration, "There is no contract \(name)", remedy: "Choose among \(known)")
            }
            return contract
        }
        return available.only(Set(chosen))
    }

    /// What can be checked: on PostgreSQL the schema is made without the tables of memory, which need pgvector.
    private var available: ConformanceSuite {
        switch adapter {
        case .memory: ConformanceSuite(ConformanceSuite.workflow.promises + ConformanceSuite.memory.promises)
        case .postgres: .workflow
        }
    }

    private func check(
        _ suite: ConformanceSuite, on subject: some ConformanceSubject, _ console: Console
    ) async -> ConformanceReport {
        let progress = CheckProgress(suite.promises.count, on: console)
        let report = await suite.run(on: subject) { progress.ended($0) }
        progress.finish()
        return report
    }

    private func checkPostgres(
        _ suite: ConformanceSuite, _ console: Console
    ) async throws -> ConformanceReport {
        let (client, choice) = try await server.open(connections: 16, name: "orchestrator conformance")
        do {
            let schema = try await ConformanceSchema.make(on: client, console)
            var report = await check(suite, on: PostgresSubject(client, schema: schema.name), console)
            report.server = schema.server
            try await schema.drop()
            await client.shutdown()
            return report
        } catch {
            await client.shutdown()
            throw CommandFailure(any: error, server: choice.description)
        }
    }

    private func show(_ suite: ConformanceSuite, on console: Console) {
        var table = TableText("id", "contract", "promise")
        for promise in suite.promises {
            table.add(promise.id, promise.contract.rawValue, promise.text)
        }
        console.result(table.text)
        console.document(
            .array(
                suite.promises.map {
                    [
                        "id": .string($0.id), "contract": .string($0.contract.rawValue),
                        "text": .string($0.text),
                    ]
                }))
    }

    private func show(_ report: ConformanceReport, on console: Console) throws {
        if let path = self.report { try report.write(to: path) }
        switch format {
        case .text: console.result(report.text(console, withAll: verbose))
        case .json: console.document(report.json)
        case .junit: console.output.write(report.junit)
        }
        if let path = self.report { console.note("wrote \(path)") }
    }
}
#endif

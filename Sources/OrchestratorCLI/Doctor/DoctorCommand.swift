#if CLI
import ArgumentParser
import FoundationEssentials
import JSONModel
import PostgresWire

/// `orchestrator doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Connect and explain: what is in use, what is wrong, and what to do about it.",
        discussion: """
            Looks at the login, encryption, the server's version and settings, the role, pgvector, the migrations and \
            the indexes of vectors, and changes nothing. Every finding has one remedy. An error means that it will not \
            work; a warning that it works and is slow, unsafe or about to break; a note is worth knowing.

            Exit codes: 0 no error was found, 1 an error was found, 2 wrong usage, 3 the server cannot be reached or \
            refused us, which is a finding too.
            """)

    @Option(help: "The schema that holds the tables.")
    var schema = "public"

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console()
        var choice = try server.named()
        if choice.configuration.applicationName == nil {
            choice.configuration.applicationName = "orchestrator doctor"
        }
        var report = DoctorReport(place: choice.description)
        let isReached = try await examine(choice, &report)
        console.result(report.text(console))
        console.document(report.json)
        guard isReached else { throw ExitCode(CommandExit.server.rawValue) }
        if report.hasErrors { throw ExitCode(CommandExit.checkFailed.rawValue) }
    }

    /// Fills the report; false if the server cannot be reached.
    @concurrent
    private func examine(_ choice: ServerChoice, _ report: inout DoctorReport) async throws -> Bool {
        do {
            let connection = try await PostgresConnection.connect(Self.unnamed(choice.configuration))
            defer { connection.close() }
            let facts = ConnectionFacts(connection, choice.configuration)
            report.connection = facts
            report.findings += ConnectionRules.findings(facts, now: Date())
            let clock = try await ServerClock.measure(connection)
            report.clock = clock
            report.findings += ConnectionRules.clock(clock)
            let server = try await ServerFacts.load(connection, schema: schema)
            report.server = server
            report.findings += ConnectionRules.pooler(facts, server) + ServerRules.findings(server)
            let migrations = try await schemaFacts(choice)
            report.schema = migrations
            report.findings += SchemaRules.findings(migrations, server, schemaName: schema)
            return true
        } catch let error as PostgresError {
            let failure = CommandFailure(error, server: choice.description)
            guard failure.code != .interrupted, failure.code != .configuration else { throw failure }
            report.findings.insert(DoctorFinding(.error, failure.happened, remedy: failure.remedy), at: 0)
            return false
        } catch {
            throw CommandFailure(any: error, server: choice.description)
        }
    }

    /// The same for sessions that a pooler may take away between two statements.
    private static func unnamed(_ configuration: PostgresConfiguration) -> PostgresConfiguration {
        var result = configuration
        result.statementMode = .unnamed
        return result
    }

    private func schemaFacts(_ choice: ServerChoice) async throws -> SchemaFacts {
        var configuration = PostgresClientConfiguration(Self.unnamed(choice.configuration))
        configuration.maximumConnections = 1
        let client = PostgresClient(configuration)
        do {
            let facts = try await SchemaFacts.load(client, schema: schema)
            await client.shutdown()
            return facts
        } catch {
            await client.shutdown()
            throw error
        }
    }
}
#endif

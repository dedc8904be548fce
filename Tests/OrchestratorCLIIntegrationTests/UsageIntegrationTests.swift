import Testing

/// Wrong usage and wrong configuration: exit code 2, nothing on standard output.
@Suite(.needsCommandLine) struct UsageIntegrationTests {
    @Test(arguments: [
        ["bogus"], ["server", "bogus"], ["demo", "--runs", "0"], ["demo", "--runs", "many"],
        ["demo", "--workers", "1"], ["worker", "--graph", "unknown"], ["inspect", "run", "7"],
        ["migrate", "plan", "--format", "xml"], ["server", "status", "--name", "a b"],
        ["query"], ["query", ""], ["query", "SELECT 1", "--wire", "both"], ["trace", "COPY t FROM STDIN"],
    ])
    func `wrong usage ends with 2`(arguments: [String]) async throws {
        let result = try await Tool(arguments).finish()
        #expect(result.code == 2)
        #expect(result.output.isEmpty)
        #expect(!result.errors.isEmpty)
    }

    @Test func `help and version end with 0 on standard output`() async throws {
        let help = try await Tool.run("--help")
        #expect(help.code == 0)
        for subcommand in ["demo", "server", "migrate", "worker", "inspect", "query", "trace", "doctor"] {
            #expect(help.output.contains("\n  \(subcommand) "))
        }
        let version = try await Tool.run("--version")
        #expect(version.code == 0)
        #expect(version.output == "0.1.0\n")
    }

    @Test func `a command that needs a database says how to name one`() async throws {
        let result = try await Tool.run("inspect", "runs")
        #expect(result.code == 2)
        #expect(
            result.errors.hasPrefix("orchestrator: No database is named. Give --url, or set DATABASE_URL"))
    }

    @Test(arguments: [
        ("mysql://host/db", "the connection string has a keyword without = after it"),
        ("postgres://u@host:99999/db", "a port is not a number from 1 to 65535"),
    ])
    func `an address that makes no sense ends with 2`(url: String, reason: String) async throws {
        let result = try await Tool.run("migrate", "plan", environment: ["DATABASE_URL": url])
        #expect(result.code == 2)
        #expect(
            result.errors
                == "orchestrator: The address in DATABASE_URL makes no sense: \(reason). "
                + "Write it as postgres://user:password@host:port/database.\n")
    }

    @Test func `data that are not there end the demo with 2 before any server is asked`() async throws {
        let result = try await Tool.run(
            "demo", "--data", "/nonexistent", environment: ["DATABASE_URL": "postgres://u@127.0.0.1:1/x"])
        #expect(result.code == 2)
        #expect(
            result.errors
                == "orchestrator: The file wordnet-facts.ndjson.gz is not in /nonexistent. "
                + "Restore Fixtures/data of the clone, or name it with --data.\n")
    }
}

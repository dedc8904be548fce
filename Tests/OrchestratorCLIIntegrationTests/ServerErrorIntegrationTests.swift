import PostgresWire
import TestSupport
import Testing

/// Servers that cannot be used: one sentence that says what happened and one that says what to do.
@Suite(.needsCommandLine) struct ServerErrorIntegrationTests {
    private static let commands: [[String]] = [
        ["demo", "--runs", "2"], ["migrate", "plan"], ["migrate", "apply"], ["worker"], ["inspect", "runs"],
    ]

    private func url(_ change: (inout PostgresConfiguration) -> Void) async throws -> String {
        var configuration = try PostgresConfiguration(url: try await TestServer.url())
        change(&configuration)
        return
            "postgres://\(configuration.user):\(configuration.password ?? "")@127.0.0.1:\(configuration.port)"
            + "/\(configuration.database ?? configuration.user)"
    }

    @Test(arguments: commands)
    func `a wrong password ends with 3`(command: [String]) async throws {
        let url = try await url { $0.password = "wrong" }
        let result = try await Tool(command, environment: ["DATABASE_URL": url]).finish()
        #expect(result.code == 3)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("refused us: password authentication failed for user"))
        #expect(result.errors.hasSuffix("Correct the password in --url, DATABASE_URL or PGPASSWORD.\n"))
        #expect(!result.errors.contains("wrong"))
    }

    @Test(arguments: commands)
    func `a closed port ends with 3`(command: [String]) async throws {
        let result = try await Tool(
            command, environment: ["DATABASE_URL": "postgres://u:secret@127.0.0.1:1/x"]
        ).finish()
        #expect(result.code == 3)
        #expect(result.errors.hasPrefix("orchestrator: No connection to the server at 127.0.0.1:1: "))
        #expect(!result.errors.contains("secret"))
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test(arguments: commands)
    func `a database that does not exist ends with 3`(command: [String]) async throws {
        let url = try await url { $0.database = "nowhere" }
        let result = try await Tool(command, environment: ["DATABASE_URL": url]).finish()
        #expect(result.code == 3)
        #expect(
            result.errors.hasSuffix(
                "refused us: database \"nowhere\" does not exist. "
                    + "Create it with CREATE DATABASE, or name one that exists.\n"))
    }

    @Test func `the PG variables name a server too`() async throws {
        let configuration = try PostgresConfiguration(url: try await TestServer.url())
        var variables = [
            "PGHOST": "127.0.0.1", "PGPORT": String(configuration.port), "PGUSER": configuration.user,
            "PGPASSWORD": configuration.password ?? "", "PGDATABASE": configuration.database ?? "",
        ]
        #expect(try await Tool.run("migrate", "version", environment: variables).code == 0)
        variables["PGPASSWORD"] = "wrong"
        #expect(try await Tool.run("migrate", "version", environment: variables).code == 3)
    }

    @Test func `a role that may not create databases ends the demo with 3`() async throws {
        try await TestServer.withDatabase(ordinaryOwner: true) { database in
            let url = try await url { $0 = database.configuration }
            let result = try await Tool.run("demo", "--runs", "2", environment: ["DATABASE_URL": url])
            #expect(result.code == 3)
            let role = database.configuration.user
            #expect(
                result.errors.hasPrefix(
                    "orchestrator: The role \(role) may not create databases, and this command works in one of its "
                        + "own. Run ALTER ROLE"))
        }
    }

    @Test func `a database that is not migrated ends with 2`() async throws {
        try await TestServer.withDatabase { database in
            let url = try await url { $0 = database.configuration }
            for command in [["worker"], ["inspect", "runs"], ["inspect", "queue"], ["migrate", "verify"]] {
                let result = try await Tool(command, environment: ["DATABASE_URL": url]).finish()
                #expect(result.code == 2)
                #expect(
                    result.errors
                        == "orchestrator: Schema public of the database has not been migrated. "
                        + "Run the migrations (migrate apply), then start again.\n")
            }
            let tables = try await database.client.one(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", as: Int.self)
            #expect(tables == 0)
        }
    }

    @Test func `a database at a newer migration ends with 2 and stays as it is`() async throws {
        try await TestServer.withDatabase { database in
            let url = try await url { $0 = database.configuration }
            #expect(try await Tool.run("migrate", "apply", environment: ["DATABASE_URL": url]).code == 0)
            try await database.client.execute(
                """
                INSERT INTO orchestrator_migrations (version, name, checksum, state, position)
                VALUES (99, 'future', 'x', 'applied', 99)
                """)
            for command in [["worker"], ["inspect", "runs"], ["migrate", "apply"], ["migrate", "plan"]] {
                let result = try await Tool(command, environment: ["DATABASE_URL": url]).finish()
                #expect(result.code == 2)
                #expect(
                    result.errors
                        == "orchestrator: The database is at migration 99, this program knows only 13. "
                        + "Start a newer version of the program.\n")
            }
        }
    }
}

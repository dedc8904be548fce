import JSONModel
import PostgresWire
import TestSupport
import Testing

/// `orchestrator doctor`: what it finds, and that its remedies help.
@Suite(.needsCommandLine) struct DoctorIntegrationTests {
    private func doctor(_ url: String, _ arguments: String...) async throws -> Tool.Result {
        try await Tool(["doctor", "--format", "json"] + arguments, environment: ["DATABASE_URL": url])
            .finish()
    }

    private func findings(_ document: JSONValue, _ level: String) -> [String] {
        let findings = document["findings"]?.arrayValue ?? []
        return findings.filter { $0["level"]?.stringValue == level }.compactMap { $0["text"]?.stringValue }
    }

    private func remedy(_ document: JSONValue, _ text: String) -> String? {
        let findings = document["findings"]?.arrayValue ?? []
        return findings.first { $0["text"]?.stringValue?.contains(text) == true }?["remedy"]?.stringValue
    }

    private func url(_ change: (inout PostgresConfiguration) -> Void) async throws -> String {
        var configuration = try PostgresConfiguration(url: try await TestServer.url())
        change(&configuration)
        return
            "postgres://\(configuration.user):\(configuration.password ?? "")@127.0.0.1:\(configuration.port)"
            + "/\(configuration.database ?? configuration.user)"
    }

    @Test func `a migrated database has no error, and everything in use is told`() async throws {
        try await TestServer.withDatabase(.migrated) { database in
            let result = try await doctor(database.url)
            #expect(result.code == 0, "\(result.errors)")
            let document = try result.json()
            #expect(
                document.objectValue?.keys == [
                    "server", "tls", "authentication", "extensions", "migrations", "round_trip_microseconds",
                    "clock_difference_milliseconds", "findings",
                ])
            #expect(document["server"]?.stringValue?.hasPrefix("PostgreSQL 1") == true)
            #expect(document["tls"] == .null)
            #expect(document["authentication"] == ["mechanism": "scram-sha-256", "channel_binding": false])
            #expect(document["extensions"]?["vector"]?.stringValue?.hasPrefix("0.") == true)
            let version = try #require(document["migrations"]?["program_version"]?.intValue)
            #expect(version >= 13)
            #expect(
                document["migrations"] == [
                    "database_version": .number(version), "program_version": .number(version), "pending": 0,
                    "current": true,
                ])
            #expect(try #require(document["round_trip_microseconds"]?.intValue) > 0)
            #expect(abs(try #require(document["clock_difference_milliseconds"]?.doubleValue)) < 1_000)
            #expect(findings(document, "error").isEmpty)
            let warnings = findings(document, "warning")
            // The tests' server runs without durability, as a superuser.
            #expect(warnings.contains { $0.hasPrefix("fsync is off: ") })
            #expect(warnings.contains { $0.hasPrefix("full_page_writes is off: ") })
            #expect(warnings.contains { $0.contains(" is a superuser: row-level security") })
            #expect(!warnings.contains { $0.contains("HNSW") })
            for finding in document["findings"]?.arrayValue ?? [] {
                #expect(finding.objectValue?.keys == ["level", "text", "remedy"])
                #expect(finding["remedy"]?.stringValue?.isEmpty == false)
            }
        }
    }

    @Test func `a missing HNSW index is found, and the remedy brings it back`() async throws {
        try await TestServer.withDatabase(.migrated) { database in
            try await database.client.execute("DROP INDEX idx_memory_facts_embedding")
            let document = try await doctor(database.url).json()
            let advice = try #require(
                remedy(
                    document,
                    "The HNSW index on memory_facts.embedding is missing: every search reads all rows"))
            #expect(
                advice == "Run CREATE INDEX CONCURRENTLY \"idx_memory_facts_embedding\" ON "
                    + "\"public\".\"memory_facts\" USING hnsw (\"embedding\" vector_cosine_ops)")
            _ = try await database.client.script(String(advice.dropFirst(4)))
            let again = try await doctor(database.url).json()
            #expect(!findings(again, "warning").contains { $0.contains("HNSW") })
            let verified = try await Tool.run(
                "migrate", "verify", "--embedding-dimensions", "384",
                environment: ["DATABASE_URL": database.url])
            #expect(verified.code == 0, "\(verified.errors)")
        }
    }

    @Test func `an empty database lacks pgvector and the migrations`() async throws {
        try await TestServer.withDatabase(ordinaryOwner: true) { database in
            try await database.client.execute("SELECT 1")
            let url = try await url { $0 = database.configuration }
            let result = try await doctor(url)
            #expect(result.code == 1)
            let document = try result.json()
            #expect(findings(document, "error") == ["Schema public of the database has not been migrated"])
            #expect(remedy(document, "has not been migrated") == "Run orchestrator migrate apply")
            #expect(document["migrations"]?["database_version"] == .null)
            #expect(try #require(document["migrations"]?["pending"]?.intValue) >= 13)
            #expect(document["migrations"]?["pending"] == document["migrations"]?["program_version"])
            #expect(document["migrations"]?["current"] == false)
            #expect(!findings(document, "warning").contains { $0.contains("row-level security") })
        }
        try await TestServer.withDatabase { database in
            let result = try await doctor(database.url)
            #expect(result.code == 1)
            let document = try result.json()
            let missing = "pgvector is missing in this database, though the server has it ("
            #expect(findings(document, "error").contains { $0.hasPrefix(missing) })
            let advice = try #require(remedy(document, missing))
            #expect(advice == "Run CREATE EXTENSION vector, or orchestrator migrate apply, which does")
        }
    }

    @Test func `settings of the role and the database are seen`() async throws {
        try await TestServer.withDatabase(.migrated) { database in
            for setting in [
                "statement_timeout = '5s'", "timezone = 'Europe/Berlin'", "synchronous_commit = off",
                "default_transaction_read_only = on",
            ] {
                _ = try await database.client.script("ALTER DATABASE \"\(database.name)\" SET \(setting)")
            }
            let result = try await doctor(database.url)
            #expect(result.code == 1)
            let document = try result.json()
            #expect(
                findings(document, "error")
                    == ["Transactions of this role can only read (default_transaction_read_only)"])
            #expect(findings(document, "warning").contains { $0.hasPrefix("synchronous_commit is off: ") })
            let notes = findings(document, "note")
            #expect(notes.contains { $0.hasPrefix("statement_timeout is 5.0 s: ") })
            #expect(notes.contains { $0.hasPrefix("The time zone of the session is Europe/Berlin; ") })
        }
    }

    @Test func `a refused or failing connection is a finding and ends with 3`() async throws {
        let wrong = try await doctor(try await url { $0.password = "mistaken" })
        #expect(wrong.code == 3)
        let refused = try wrong.json()
        #expect(refused["server"] == .null)
        #expect(refused["authentication"] == .null)
        #expect(findings(refused, "error").count == 1)
        #expect(findings(refused, "error")[0].contains("password authentication failed for user"))
        #expect(
            remedy(refused, "password authentication")
                == "Correct the password in --url, DATABASE_URL or PGPASSWORD")
        #expect(!wrong.output.contains("mistaken"))

        let missing = try await doctor(try await url { $0.database = "nowhere" })
        #expect(missing.code == 3)
        #expect(
            remedy(try missing.json(), "database \"nowhere\" does not exist")
                == "Create it with CREATE DATABASE, or name one that exists")

        let closed = try await doctor("postgres://u:secret@127.0.0.1:1/x")
        #expect(closed.code == 3)
        #expect(
            findings(try closed.json(), "error")[0].hasPrefix("No connection to the server at 127.0.0.1:1: "))
        #expect(!closed.output.contains("secret"))
    }

    @Test func `the report for people puts the worst first`() async throws {
        try await TestServer.withDatabase { database in
            let result = try await Tool.run("doctor", environment: ["DATABASE_URL": database.url])
            #expect(result.code == 1)
            #expect(result.errors.isEmpty)
            let lines = result.output.split(separator: "\n").map(String.init)
            #expect(lines[0].hasPrefix("server       PostgreSQL 1"))
            #expect(lines[1].hasSuffix(", database \(database.name)"))
            #expect(lines[3] == "login        scram-sha-256")
            #expect(lines[7].hasPrefix("migrations   none of 1"))
            let marks = lines.compactMap { $0.first }.filter { "✗!·".contains($0) }
            #expect(marks.first == "✗")
            #expect(
                marks == marks.filter { $0 == "✗" } + marks.filter { $0 == "!" } + marks.filter { $0 == "·" })
            #expect(!result.output.contains(".."))
        }
    }
}

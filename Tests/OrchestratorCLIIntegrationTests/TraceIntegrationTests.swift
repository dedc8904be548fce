import JSONModel
import PostgresWire
import TestSupport
import Testing

/// `orchestrator trace`: the conversation, without its secrets.
@Suite(.needsCommandLine) struct TraceIntegrationTests {
    private func trace(_ arguments: String..., url: String? = nil) async throws -> Tool.Result {
        var environment = ["DATABASE_URL": try await TestServer.url()]
        if let url { environment["DATABASE_URL"] = url }
        return try await Tool(["trace"] + arguments, environment: environment).finish()
    }

    private func names(_ document: JSONValue) -> [String] {
        document["messages"]?.arrayValue?.compactMap { $0["message"]?.stringValue } ?? []
    }

    @Test func `every message from the start of the session to its end is shown`() async throws {
        let result = try await trace("SELECT $1::int4 AS a, NULL", "--param", "4711", "--format", "json")
        #expect(result.code == 0, "\(result.errors)")
        let document = try result.json()
        let names = names(document).filter { $0 != "ParameterStatus" }
        #expect(
            names == [
                "StartupMessage", "AuthenticationSASL", "SASLInitialResponse", "AuthenticationSASLContinue",
                "SASLResponse", "AuthenticationSASLFinal", "AuthenticationOk", "BackendKeyData",
                "ReadyForQuery", "Parse", "Describe", "Bind", "Execute", "Sync", "ParseComplete",
                "ParameterDescription", "RowDescription", "BindComplete", "DataRow", "CommandComplete",
                "ReadyForQuery", "Terminate",
            ])
        let messages = try #require(document["messages"]?.arrayValue)
        let bind = try #require(messages.first { $0["message"] == "Bind" })
        #expect(bind["sender"] == "frontend")
        #expect(bind["fields"]?["parameters"] == "4 bytes")
        #expect(bind["malformed"] == .null)
        let row = try #require(messages.first { $0["message"] == "DataRow" })
        #expect(row["sender"] == "backend")
        #expect(row["fields"]?["cells"] == "4 bytes, NULL")
        #expect(document["omitted"] == 0)
        #expect(!result.output.contains("4711"))
        let times = messages.compactMap { $0["milliseconds"]?.doubleValue }
        #expect(times.count == messages.count)
        #expect(times == times.sorted())
    }

    @Test func `no secret is shown, not even with the values`() async throws {
        let url = try await TestServer.url()
        let password = try #require(try PostgresConfiguration(url: url).password)
        let result = try await trace("SELECT 'visible' AS a", "--show-values")
        #expect(result.code == 0)
        #expect(result.output.contains("'visible'"))
        #expect(!result.output.contains(password))
        #expect(!(result.output + result.errors).contains("n=,r="))
        #expect(result.errors.isEmpty)
        for line in result.output.split(separator: "\n") where line.contains("BackendKeyData") {
            #expect(line.hasSuffix("key=\"4 bytes hidden\""))
        }
    }

    @Test func `a failing statement and a refused login are shown before the error`() async throws {
        let failing = try await trace("SELECT 1/0", "--format", "json")
        #expect(failing.code == 1)
        #expect(names(try failing.json()).suffix(3) == ["ErrorResponse", "ReadyForQuery", "Terminate"])
        #expect(failing.errors.hasPrefix("orchestrator: The statement failed: division by zero [22012]."))
        let configuration = try PostgresConfiguration(url: try await TestServer.url())
        let refused = try await trace(
            "SELECT 1", "--format", "json",
            url: "postgres://\(configuration.user):wrong@127.0.0.1:\(configuration.port)/postgres")
        #expect(refused.code == 3)
        #expect(names(try refused.json()).last == "ErrorResponse")
        #expect(!refused.output.contains("wrong"))
    }
}

import JSONModel
import TestSupport
import Testing

/// `orchestrator chaos`: workers are killed, and the oracle finds nothing lost and nothing doubled.
@Suite(.needsCommandLine, .serialized) struct ChaosIntegrationTests {
    private func run(_ arguments: String...) async throws -> (code: Int32, report: JSONValue) {
        let environment = ["DATABASE_URL": try await TestServer.url()]
        let result = try await Tool(
            ["chaos", "--format", "json"] + arguments, environment: environment, isNice: true
        ).finish()
        return (result.code, try result.json())
    }

    @Test func `workers die at every named point`() async throws {
        let (code, report) = try await run("--points", "208", "--runs", "12", "--seed", "7")
        #expect(code == 0, "\(report)")
        #expect(report["violations"] == 0)
        #expect((report["kills"]?.intValue ?? 0) >= 208)
        let points = report["table"]?.arrayValue?.compactMap { $0["point"]?.stringValue } ?? []
        #expect(points.contains("step_commit_after"))
        #expect(points.contains("transaction_written"))
        #expect(points.contains("compaction_after"))
        #expect(points.contains("resume_commit_after"))
        #expect(points.count >= 24)
    }

    @Test func `answers to commits are cut off`() async throws {
        let (code, report) = try await run("--mode", "commit", "--runs", "8")
        #expect(code == 0, "\(report)")
        #expect(report["violations"] == 0)
        #expect(report["runs"] == 8)
    }

    @Test func `sessions of workers are ended by the server`() async throws {
        let (code, report) = try await run("--mode", "server", "--points", "10", "--runs", "8")
        #expect(code == 0, "\(report)")
        #expect(report["violations"] == 0)
    }

    @Test func `the server itself is killed`() async throws {
        let result = try await Tool(
            ["chaos", "--format", "json", "--mode", "server", "--points", "16", "--runs", "8"], isNice: true
        ).finish()
        let report = try result.json()
        #expect(result.code == 0, "\(report)")
        #expect(report["violations"] == 0)
        let points = report["table"]?.arrayValue?.compactMap { $0["point"]?.stringValue } ?? []
        #expect(points.contains("server killed"))
        #expect(points.contains("session ended"))
    }
}

import Foundation
import JSONModel
import PostgresWire
import TestSupport
import Testing

/// `orchestrator conformance`: the suite on both kinds of adapters.
@Suite(.needsCommandLine) struct ConformanceIntegrationTests {
    @Test func `the PostgreSQL adapters keep every promise, and nothing is left behind`() async throws {
        try await TestServer.withDatabase { database in
            let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let page = folder.appending(path: "report.html")
            let result = try await Tool.run(
                "conformance", "--format", "json", "--report", page.path,
                environment: ["DATABASE_URL": database.url])
            let report = try result.json()
            for promise in report["promises"]?.arrayValue ?? [] where promise["status"] != "passed" {
                Issue.record("\(promise.jsonText())")
            }
            #expect(result.code == 0)
            #expect(report["adapter"] == "postgres")
            #expect(report["failed"] == 0)
            #expect(report["skipped"] == 0)
            #expect((report["passed"]?.intValue ?? 0) > 200)
            let text = try String(contentsOf: page, encoding: .utf8)
            #expect(text.contains("conforms"))
            try FileManager.default.removeItem(at: folder)
            let left = try await database.client.collect(
                "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'orchestrator_conformance%'",
                as: String.self)
            #expect(left.isEmpty)
        }
    }

    @Test func `the adapters in memory keep the same promises`() async throws {
        let result = try await Tool.run(
            "conformance", "--adapter", "memory", "--contract", "WorkflowQueue", "--contract", "Fencing",
            "--format", "json")
        let report = try result.json()
        #expect(result.code == 0)
        #expect(report["failed"] == 0)
        #expect(report["promises"]?.arrayValue?.first?["id"] == "WQ001")
        let junit = try await Tool.run(
            "conformance", "--adapter", "memory", "--contract", "Fencing", "--format", "junit")
        #expect(junit.output.hasPrefix("<?xml"))
    }

    @Test func `promises can be listed, an unknown contract is wrong usage`() async throws {
        let list = try await Tool.run("conformance", "--list")
        #expect(list.code == 0)
        #expect(list.output.contains("WQ021"))
        let wrong = try await Tool.run("conformance", "--contract", "Nothing", "--adapter", "memory")
        #expect(wrong.code == 2)
        #expect(wrong.errors.contains("There is no contract Nothing"))
    }
}

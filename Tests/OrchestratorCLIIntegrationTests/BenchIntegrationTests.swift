import JSONModel
import TestSupport
import Testing

/// `orchestrator bench` with very little work: that every workload is done, not how fast.
@Suite(.needsCommandLine) struct BenchIntegrationTests {
    @Test func `adapters are measured beside pgbench that sends the same statements`() async throws {
        let result = try await Tool.run(
            "bench", "--suite", "adapters", "--rounds", "1", "--scale", "0.001", "--no-spin", "--format",
            "json",
            environment: ["DATABASE_URL": try await TestServer.url()])
        #expect(result.code == 0, "\(result.errors)")
        let report = try result.json()
        let results = report["results"]?.arrayValue ?? []
        #expect(report["suite"] == "adapters")
        #expect(results.count == 28)
        for entry in results {
            #expect(entry["unavailable"] == nil, "\(entry.jsonText())")
            #expect((entry["per_second"]?.numberValue?.doubleValue ?? 0) > 0, "\(entry.jsonText())")
        }
        let batch = results.first { $0["workload"] == "claim_ack_batch" && $0["driver"] == "orchestrator" }
        #expect(batch?["reference"] == "pgbench")
        #expect(batch?["single"] == "claim_ack_1")
    }

    @Test func `codecs are measured without a server`() async throws {
        let result = try await Tool.run(
            "bench", "--suite", "client", "--only", "codecs", "--rounds", "1", "--scale", "0.01", "--format",
            "json")
        #expect(result.code == 0, "\(result.errors)")
        let results = try result.json()["results"]?.arrayValue ?? []
        #expect(results.count == 55)
        #expect(results.first?["item"] == "vector(1536)")
        #expect(results.allSatisfy { $0["nanoseconds"]?.numberValue != nil })
    }

    @Test func `a workload that does not exist is wrong usage`() async throws {
        let result = try await Tool.run("bench", "--suite", "client", "--only", "nothing")
        #expect(result.code == 2)
        #expect(result.errors.contains("There is no workload nothing"))
    }
}

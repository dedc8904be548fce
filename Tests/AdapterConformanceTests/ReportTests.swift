import AdapterConformance
import JSONModel
import Testing

@Suite struct ReportTests {
    private func report(_ subject: some ConformanceSubject, _ contracts: Set<Contract>) async
        -> ConformanceReport
    {
        await ConformanceSuite.workflow.only(contracts).run(on: subject)
    }

    @Test func `a report counts, and says why in each form`() async throws {
        let mutant = try #require(Mutant.all.first { $0.name == "queue reclaimsNothing" })
        let report = await report(mutant.subject, [.workflowQueue])
        #expect(!report.isConforming)
        #expect(report.count(.failed) == report.failures.count)
        #expect(report.json["failed"]?.intValue == report.failures.count)
        #expect(report.json["promises"]?.arrayValue?.count == report.results.count)
        #expect(report.json["adapter"] == "queue reclaimsNothing")
        let broken = try #require(report.failures.first)
        #expect(report.html.contains(broken.promise.id))
        #expect(report.junit.contains("<failure message="))
        #expect(report.junit.contains("failures=\"\(report.failures.count)\""))
    }

    @Test func `what a subject lacks is skipped with the reason`() async {
        struct Nothing: ConformanceSubject {
            let name = "<nothing> & more"
            let capabilities: Set<Capability> = []
            func reason(withoutCapability capability: Capability) -> String? {
                capability == .wakeUps ? "there is no LISTEN" : nil
            }
            func withEmptyRows(_ body: @Sendable (AdapterSet) async throws -> Void) async throws {
                try await body(AdapterSet())
            }
        }
        let report = await report(Nothing(), [.workflowQueue])
        #expect(report.isConforming)
        #expect(report.count(.skipped) == report.results.count)
        #expect(report.results.first { $0.promise.id == "WQ037" }?.detail == "there is no LISTEN")
        #expect(report.results.first { $0.promise.id == "WQ011" }?.detail == "the adapters lack passingTime")
        #expect(
            report.results.first { $0.promise.id == "WQ001" }?.detail
                == "there is no adapter of PersistenceProvider")
        #expect(report.html.contains("&lt;nothing&gt; &amp; more"))
    }

    @Test func `every check is reported as it ends`() async {
        let seen = Counter()
        let report = await ConformanceSuite.workflow.only([.fencing]).run(on: InMemorySubject()) { _ in
            seen.increment()
        }
        #expect(seen.value == report.results.count)
        #expect(report.isConforming)
    }
}

import AdapterConformance
import Orchestrator
import Testing

@Suite struct WritingAnAdapterTests {
    struct MySubject: ConformanceSubject {
        let name = "my queue"
        let capabilities: Set<Capability> = [.concurrency]

        func withEmptyRows(_ body: @Sendable (AdapterSet) async throws -> Void) async throws {
            let store = InMemoryStore()
            var adapters = AdapterSet()
            adapters.queue = { InMemoryWorkflowQueue(store: store, options: $0) }
            adapters.persistence = { InMemoryPersistenceProvider(store: store, tenant: $0, claim: $1) }
            adapters.runs = { InMemoryRunStore(store: store, tenant: $0) }
            try await body(adapters)
        }
    }

    @Test func `the suite has a verdict for each promise`() async {
        let report = await ConformanceSuite.workflow.only([.workflowQueue]).run(on: MySubject())
        for failure in report.failures {
            print(failure.promise.id, failure.promise.text, failure.detail ?? "")
        }

        #expect(report.isConforming)
        #expect(report.count(.passed) > 40)
        #expect(report.count(.skipped) > 0)
    }

    @Test(arguments: ConformanceSuite.workflow.only([.workflowQueue]).promises)
    func `my queue keeps its promises`(_ promise: Promise) async {
        let result = await promise.verdict(on: MySubject())
        #expect(result.status != .failed, "\(promise): \(result.detail ?? "")")
    }
}

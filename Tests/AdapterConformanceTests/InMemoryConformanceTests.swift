import AdapterConformance
import Testing

@Suite struct InMemoryConformanceTests {
    @Test(arguments: ConformanceSuite.workflow.promises + ConformanceSuite.memory.promises)
    func `the in-memory adapters keep their promises`(_ promise: Promise) async {
        let result = await promise.verdict(on: InMemorySubject())
        #expect(result.status == .passed, "\(promise.id) \(promise.text): \(result.detail ?? "")")
    }

    @Test func `ids are unique, well formed and in the contract of their letters`() {
        let promises = ConformanceSuite.workflow.promises + ConformanceSuite.memory.promises
        #expect(Set(promises.map(\.id)).count == promises.count)
        for promise in promises {
            #expect(promise.id.wholeMatch(of: /[A-Z]{2}[0-9]{3}/) != nil)
            #expect(promise.id.hasPrefix(promise.contract.letters))
            #expect(!promise.text.isEmpty && !promise.text.hasSuffix("."))
        }
        #expect(Set(promises.map(\.text)).count == promises.count)
    }
}

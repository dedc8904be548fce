import AdapterConformance
import Testing

@Suite struct MutantTests {
    @Test(arguments: Mutant.all)
    func `every planted bug breaks a promise`(_ mutant: Mutant) async {
        var broken: [String] = []
        let promises = [ConformanceSuite.workflow, .memory].flatMap { $0.only(mutant.contracts).promises }
        for promise in promises {
            let result = await promise.verdict(on: mutant.subject)
            if result.status == .failed { broken.append(promise.id) }
        }
        #expect(!broken.isEmpty, "nobody noticed: \(mutant.name)")
    }

    @Test func `there are mutants of every adapter`() {
        #expect(Mutant.all.count >= 25)
        #expect(Set(Mutant.all.map(\.name)).count == Mutant.all.count)
    }
}

extension Mutant: CustomTestStringConvertible {
    var testDescription: String { name }
}

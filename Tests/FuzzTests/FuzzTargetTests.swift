import FoundationEssentials
import FuzzBodies
import TestSupport
import Testing

/// Whatever takes bytes from outside, on kept inputs and on those that chance makes of them.
///
/// 2,000 inputs a target; `ORCHESTRATOR_FUZZ_INPUTS` names another number.
@Suite struct FuzzTargetTests {
    private static let folder = RepositoryRoot.url.appending(path: "Fixtures/fuzz")

    private static let inputCount =
        ProcessInfo.processInfo.environment["ORCHESTRATOR_FUZZ_INPUTS"].flatMap { Int($0) } ?? 2_000

    @Test(arguments: FuzzTarget.all)
    func `every kept input is refused or taken right`(target: FuzzTarget) throws {
        let inputs = try FuzzCorpus.inputs(of: target, in: Self.folder)
        #expect(inputs.count >= 10)
        for input in inputs {
            if let complaint = target.complaint(input) {
                Issue.record("\(FuzzCorpus.hexadecimal(input)): \(complaint)")
            }
        }
    }

    @Test(arguments: FuzzTarget.all)
    func `inputs that chance has changed are refused or taken right`(target: FuzzTarget) throws {
        var mutator = FuzzMutator(seed: 7, seeds: try FuzzCorpus.inputs(of: target, in: Self.folder))
        for _ in 0..<Self.inputCount {
            let input = mutator.next()
            guard let complaint = target.complaint(input) else { continue }
            Issue.record("\(FuzzCorpus.hexadecimal(input)): \(complaint)")
        }
    }
}

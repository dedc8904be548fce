import FoundationEssentials
import JSONModel
import Locking
import Orchestrator
import StoreContracts
import Testing

@Suite struct TransactionalHandlerTests {
    /// Notes an effect that happens with the step's commit.
    private struct Payment: TransactionalNodeHandler {
        let effects: EffectList
        let failures: FailingTimes

        func execute(
            _ context: NodeContext, in transaction: any StepTransaction
        ) async throws -> NodeOutcome {
            let step = context.stepKey
            (transaction.handle as? InMemoryStepTransaction)?.onCommit { effects.add(step) }
            try failures.check()
            return .updates(["paid": true])
        }
    }

    private final class EffectList: Sendable {
        private let list = Lock<[String]>([])
        var all: [String] { list.withLock { $0 } }
        func add(_ effect: String) { list.withLock { $0.append(effect) } }
    }

    private func execute(failures: Int) async throws -> (RunnerWorld, EffectList, WorkflowState?) {
        let world = try await RunnerWorld(.chain("a"))
        let effects = EffectList()
        var handlers = HandlerRegistry()
        handlers.register("a", Payment(effects: effects, failures: FailingTimes(failures)))
        let runner = GraphRunner(
            graph: world.graph, state: world.state(), handlers: handlers, store: world.runStore,
            options: world.options)
        return (world, effects, try? await runner.run())
    }

    @Test func `the effect of the attempt that succeeded happens once, with the step`() async throws {
        let (world, effects, state) = try await execute(failures: 2)
        #expect(state?.status == .completed)
        #expect(effects.all == ["\(world.runID.text):a:0"])
        #expect(try await world.isConsistent())
        #expect(
            try await world.log() == "_init WS NS@a ACT[update_memory]@a _increment_iteration _complete")
    }

    @Test func `a step that fails has no effect`() async throws {
        let (world, effects, state) = try await execute(failures: 3)
        #expect(state == nil)
        #expect(effects.all == [])
        #expect(try await world.log() == "_init WS NS@a _fail")
    }
}

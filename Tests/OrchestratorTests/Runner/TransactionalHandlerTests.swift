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

    @Test func `a transaction that is lost takes no attempt from the node`() async throws {
        let world = try await RunnerWorld(
            WorkflowGraph(
                name: "once", nodes: [.agent("a", agentID: "a", failurePolicy: .once)], edges: [],
                startNode: "a", endNodes: ["a"]))
        let effects = EffectList()
        var handlers = HandlerRegistry()
        handlers.register("a", Payment(effects: effects, failures: FailingTimes(0)))
        let store = LosingRunStore(world.runStore, losing: 2)
        let runner = GraphRunner(
            graph: world.graph, state: world.state(), handlers: handlers, store: store, options: world.options
        )
        let report = try await runner.runOutcome()
        #expect(report.state.status == .completed)
        #expect(effects.all == ["\(world.runID.text):a:0"])
        #expect(
            try await world.log() == "_init WS NS@a ACT[update_memory]@a _increment_iteration _complete")
    }

    @Test func `transactions that are lost without end give the run up and do not fail it`() async throws {
        let world = try await RunnerWorld(.chain("a"))
        var handlers = HandlerRegistry()
        handlers.register("a", Payment(effects: EffectList(), failures: FailingTimes(0)))
        let store = LosingRunStore(world.runStore, losing: .max)
        let runner = GraphRunner(
            graph: world.graph, state: world.state(), handlers: handlers, store: store, options: world.options
        )
        await #expect(throws: WorkflowError.self) { try await runner.runOutcome() }
        #expect(try await world.snapshot()?.status == .running)
    }

    @Test func `losses before a step that is committed are not counted with those after it`() async throws {
        let world = try await RunnerWorld(.chain("a", "b"))
        var handlers = HandlerRegistry()
        for id in ["a", "b"] {
            handlers.register(id, Payment(effects: EffectList(), failures: FailingTimes(0)))
        }
        let store = LosingRunStore(world.runStore, losing: 2, of: 2)
        let runner = GraphRunner(
            graph: world.graph, state: world.state(), handlers: handlers, store: store, options: world.options
        )
        #expect(try await runner.runOutcome().state.status == .completed)
        #expect(store.lossCount == 4)
    }
}

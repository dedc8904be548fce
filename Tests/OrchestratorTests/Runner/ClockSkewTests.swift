import FoundationEssentials
import Orchestrator
import StoreContracts
import Testing

@Suite struct ClockSkewTests {
    private static let graph = WorkflowGraph(
        name: "gate", nodes: [.approval("gate"), .agent("end", agentID: "end")],
        edges: [GraphEdge(from: "gate", to: "end")], startNode: "gate", endNodes: ["end"])

    /// A clock that runs beside another one, by a fixed difference.
    private struct WrongClock: StoreClock {
        let right: ManualClock
        let shift: TimeInterval

        func now() -> Date { right.now().addingTimeInterval(shift) }

        func sleep(for duration: Duration) async throws(CancellationError) {
            try await right.sleep(for: duration)
        }
    }

    @Test(arguments: [-172_800.0, -7_200, 7_200, 172_800])
    func `the deadline of an approval follows the store's clock`(_ shift: TimeInterval) async throws {
        let clock = ManualClock()
        let backend = InMemoryBackend(store: InMemoryStore(clock: clock))
        try await backend.persistence().saveGraph(Self.graph)
        let state = WorkflowState(workflowID: Self.graph.id, goal: "wait")
        var options = RunnerOptions()
        options.clock = WrongClock(right: clock, shift: shift)
        var handlers = HandlerRegistry()
        handlers.register("end") { _ in .updates(["done": true]) }
        let waiting = try await GraphRunner(
            graph: Self.graph, state: state, handlers: handlers, store: backend.runStore(), options: options
        ).run()
        #expect(waiting.status == .waiting)
        let deadline = try #require(waiting.waitingTimeoutAt)
        #expect(abs(deadline.timeIntervalSince(clock.now()) - 86_400) < 1)
    }
}

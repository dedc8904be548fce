import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite struct BudgetTests {
    private func world(_ usages: [NodeUsage]) async throws -> RunnerWorld {
        let names = ["a", "b", "c"].prefix(usages.count)
        var graph = WorkflowGraph.chain("a", "b")
        if usages.count == 1 { graph = .chain("a") }
        let world = try await RunnerWorld(graph)
        for (name, usage) in zip(names, usages) { world.on(name) { _ in .updates([:], usage: usage) } }
        return world
    }

    @Test func `shares of the budget are announced once, and the last one ends the run`() async throws {
        let world = try await world([
            NodeUsage(inputTokens: 1, costUSD: 0.6, model: "m"), NodeUsage(inputTokens: 1, costUSD: 0.6),
        ])
        let runner = world.runner(world.state { $0.budgetUSD = 1 })
        let stream = runner.events
        let error = await #expect(throws: WorkflowError.self) { _ = try await runner.run() }
        guard case .budgetExceeded(kind: .usd, used: 1.2, budget: 1) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(
            try await world.log()
                == "_init WS NS@a ACT[update_memory]@a _track_tokens _track_cost _fire_cost_threshold "
                + "_track_model_usage _increment_iteration _advance NS@b ACT[update_memory]@b _track_tokens "
                + "_track_cost _fire_cost_threshold _fire_cost_threshold _fire_cost_threshold _budget_exceeded"
        )
        #expect(try await world.snapshot()?.costAlertThresholdsFired == [0.5, 0.75, 0.9, 1])
        #expect(try await world.snapshot()?.status == .failed)
        var fractions: [Double] = []
        var ends: [String] = []
        for await event in stream {
            if case .budgetThresholdReached(let fraction, _, _) = event.kind { fractions.append(fraction) }
            if event.name == "workflow:failed" || event.name == "workflow:complete" {
                ends.append(event.name)
            }
        }
        #expect(fractions == [0.5, 0.75, 0.9, 1])
        #expect(ends == ["workflow:failed"])
        #expect(try await world.isConsistent())
    }

    @Test func `the token budget is strict and fails the node that crosses it`() async throws {
        let usage = NodeUsage(inputTokens: 50)
        let within = try await world([usage, usage])
        let kept = within.state { $0.maxTokenBudget = 100 }
        #expect(try await within.runner(kept).run().status == .completed)
        let beyond = try await world([usage, usage])
        let crossed = beyond.state { $0.maxTokenBudget = 99 }
        await #expect(throws: WorkflowError.self) { _ = try await beyond.runner(crossed).run() }
        #expect(try await beyond.log().hasSuffix("NS@b ACT[update_memory]@b _track_tokens _budget_exceeded"))
        #expect(try await beyond.snapshot()?.totalTokensUsed == 100)
    }

    @Test func `a node's own budget fails the run once`() async throws {
        var graph = WorkflowGraph.chain("a")
        graph.nodes[0].budget = NodeBudget(maxTokens: 5)
        let world = try await RunnerWorld(graph)
        world.on("a") { _ in .updates(["x": 1], usage: NodeUsage(inputTokens: 6)) }
        await #expect(throws: WorkflowError.self) { _ = try await world.runner().run() }
        #expect(try await world.log() == "_init WS NS@a ACT[update_memory]@a _track_tokens _fail")
        #expect(world.count("a") == 1)
        #expect(try await world.snapshot()?.memory == ["x": 1])
    }

    @Test func `no budget only counts, and numbers that are none count as zero`() async throws {
        let world = try await world([
            NodeUsage(inputTokens: -5, costUSD: .nan), NodeUsage(inputTokens: 3, costUSD: 0.25),
        ])
        let state = try await world.runner().run()
        #expect(state.status == .completed)
        #expect(state.totalTokensUsed == 3)
        #expect(state.totalCostUSD == 0.25)
        #expect(state.costAlertThresholdsFired == [])
    }

    @Test func `the price list decides where the handler does not say`() async throws {
        let world = try await world([NodeUsage(inputTokens: 10, outputTokens: 2, model: "m")])
        let runner = world.runner { options in
            options.pricing = { model, input, output in model == "m" ? Double(input + 10 * output) / 100 : 0 }
        }
        #expect(try await runner.run().totalCostUSD == 0.3)
    }
}

import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite(.timeLimit(.minutes(1))) struct DriverTests {
    private func world(_ policy: FailurePolicy) async throws -> RunnerWorld {
        var graph = WorkflowGraph.chain("a")
        graph.nodes[0].failurePolicy = policy
        return try await RunnerWorld(graph)
    }

    @Test func `a failed attempt is tried again after its back-off`() async throws {
        let world = try await world(FailurePolicy(maxRetries: 3, initialBackoff: .seconds(1)))
        let failures = FailingTimes(2)
        world.on("a") { context in
            try failures.check()
            return .updates(["attempt": .number(context.attempt), "key": .string(context.stepKey)])
        }
        let start = world.clock.now()
        let runner = world.runner()
        let stream = runner.events
        let state = try await runner.run()
        #expect(state.memory["attempt"] == 3)
        #expect(state.memory["key"] == .string("\(world.runID.text):a:0"))
        #expect(world.clock.now().timeIntervalSince(start) == 3)
        var retries: [String] = []
        for await event in stream {
            if case .nodeRetry(let node, let attempt, let backoff) = event.kind {
                retries.append("\(node) \(attempt) \(backoff)")
            }
        }
        #expect(retries == ["a 2 1.0 seconds", "a 3 2.0 seconds"])
        let key = try await world.events().compactMap { $0.action?["idempotency_key"]?.stringValue }
        #expect(key == ["a:0:3"])
    }

    @Test func `exhausted attempts fail the run with the handler's own error`() async throws {
        let world = try await world(FailurePolicy(maxRetries: 2))
        world.on("a") { _ in throw SampleFailure() }
        await #expect(throws: SampleFailure()) { _ = try await world.runner().run() }
        #expect(world.count("a") == 2)
        #expect(try await world.log() == "_init WS NS@a _fail")
        #expect(try await world.snapshot()?.status == .failed)
    }

    @Test(arguments: [0, 1])
    func `no and one retry both mean one attempt`(retries: Int) async throws {
        let world = try await world(FailurePolicy(maxRetries: retries))
        world.on("a") { _ in throw SampleFailure() }
        await #expect(throws: SampleFailure.self) { _ = try await world.runner().run() }
        #expect(world.count("a") == 1)
    }

    @Test func `an error that forbids it is not tried again`() async throws {
        let world = try await world(FailurePolicy(maxRetries: 5))
        world.on("a") { _ in throw SampleFailure(isRetryable: false) }
        await #expect(throws: SampleFailure.self) { _ = try await world.runner().run() }
        #expect(world.count("a") == 1)
    }

    @Test func `what failed attempts used is counted`() async throws {
        let world = try await world(FailurePolicy(maxRetries: 3))
        let failures = FailingTimes(1)
        world.on("a") { _ in
            try failures.check(
                SampleFailure(
                    partialUsage: NodeUsage(inputTokens: 7, outputTokens: 3, costUSD: 0.5, model: "m")))
            return .updates([:], usage: NodeUsage(inputTokens: 1, outputTokens: 1))
        }
        let state = try await world.runner().run()
        #expect(state.totalTokensUsed == 12)
        #expect(state.totalCostUSD == 0.5)
        #expect(state.modelBreakdown["m"]?.calls == 1)
        #expect(
            try await world.log()
                == "_init WS NS@a _track_tokens _track_cost _track_model_usage ACT[update_memory]@a "
                + "_track_tokens _increment_iteration _complete")
        #expect(try await world.isConsistent())
    }

    @Test func `a node that is out of time fails the run, and no attempt follows`() async throws {
        let world = try await world(FailurePolicy(maxRetries: 3, timeout: .seconds(5)))
        let clock = ManualClock(start: world.clock.now())
        let mayReturn = Gate()
        world.on("a") { _ in
            await mayReturn.wait()
            return .updates(["late": true])
        }
        let runner = world.runner { $0.clock = clock }
        let result = Task { try await runner.run() }
        await clock.waitForSleepers(1)
        clock.advance(by: .seconds(5))
        let error = await #expect(throws: WorkflowError.self) { _ = try await result.value }
        guard case .nodeTimedOut(nodeID: "a", limit: .seconds(5)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(runner.orphanCount == 1)
        mayReturn.open()
        #expect(try await world.log() == "_init WS NS@a _fail")
        #expect(world.count("a") == 1)
        #expect(try await world.snapshot()?.memory == [:])
    }

    @Test func `a run that is out of time inside a node ends as timeout`() async throws {
        let world = try await world(FailurePolicy(maxRetries: 3, timeout: .seconds(50)))
        let clock = ManualClock(start: world.clock.now())
        world.on("a") { _ in
            try await Task.sleep(for: .seconds(3600))
            return .updates([:])
        }
        let state = world.state { $0.maxExecutionTime = .seconds(10) }
        let runner = world.runner(state) { $0.clock = clock }
        let result = Task { try await runner.run() }
        await clock.waitForSleepers(1)
        clock.advance(by: .seconds(10))
        let error = await #expect(throws: WorkflowError.self) { _ = try await result.value }
        guard case .workflowTimeout = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await world.log() == "_init WS NS@a _timeout")
        #expect(try await world.snapshot()?.status == .timeout)
    }

    @Test func `running time adds up over claims`() async throws {
        let world = try await RunnerWorld(.chain("a", "b"))
        for id in ["a", "b"] {
            world.on(id) { context in
                try await context.clock.sleep(for: .seconds(500))
                return .updates([:])
            }
        }
        let crashing = CrashingRunStore(world.runStore, at: 3, .before)
        let state = world.state { $0.maxExecutionTime = .seconds(1100) }
        await #expect(throws: StoreError.self) { _ = try await world.runner(state, store: crashing).run() }
        #expect(try await world.snapshot()?.activeElapsed == .seconds(500))
        world.clock.advance(by: .seconds(1000))
        let end = try await world.runner().run()
        #expect(end.status == .completed)
        #expect(end.activeElapsed == .seconds(1000))
    }

    @Test func `cancelling keeps what the handler still returns`() async throws {
        let world = try await RunnerWorld(.chain("a", "b"))
        let entered = Gate()
        let mayReturn = Gate()
        world.on("a") { _ in
            entered.open()
            await mayReturn.wait()
            return .updates(["x": 1])
        }
        world.on("b") { _ in .updates([:]) }
        let runner = world.runner()
        async let report = runner.runOutcome()
        await entered.wait()
        runner.cancel()
        mayReturn.open()
        guard case .cancelled = try await report.outcome else {
            Issue.record("not cancelled")
            return
        }
        #expect(
            try await world.log() == "_init WS NS@a ACT[update_memory]@a _increment_iteration _cancel")
        #expect(try await world.snapshot()?.memory == ["x": 1])
        #expect(world.count("b") == 0)
    }

    @Test func `abandoning writes nothing and does not wait for the handler`() async throws {
        let world = try await world(.once)
        let entered = Gate()
        let mayReturn = Gate()
        world.on("a") { _ in
            entered.open()
            await mayReturn.wait()
            return .updates([:])
        }
        let runner = world.runner()
        async let report = runner.runOutcome()
        await entered.wait()
        runner.abandon()
        guard case .abandoned = try await report.outcome else {
            Issue.record("not abandoned")
            return
        }
        mayReturn.open()
        #expect(try await world.log() == "_init WS NS@a")
        #expect(try await world.runner().run().status == .completed)
    }
}

import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite struct CrashRecoveryTests {
    /// Runs to the end, restarting after crashes and approving once; the first execution crashes at `commit`.
    private func finish(
        _ world: RunnerWorld, crashAt commit: Int, _ point: CrashingRunStore.Point
    ) async throws -> (hasCrashed: Bool, state: WorkflowState) {
        let crashing = CrashingRunStore(world.runStore, at: commit, point)
        let answer = HumanResponse(.approved, responseKey: "answer")
        var hasEnded = false
        do {
            var state = try await world.runner(store: crashing).run()
            if state.status == .waiting {
                state = try await world.runner(store: crashing, response: answer).run()
            }
            hasEnded = state.status == .completed
        } catch let error as StoreError {
            #expect(error == CrashingRunStore.crash)
        }
        if !hasEnded {
            var state = try await world.runner().run()
            if state.status == .waiting { state = try await world.runner(response: answer).run() }
            #expect(state.status == .completed)
        }
        let state = try #require(await world.snapshot())
        return (crashing.hasCrashed, state)
    }

    @Test(arguments: [CrashingRunStore.Point.before, .after])
    func `a crash at any commit leaves the same final state and each action once`(
        point: CrashingRunStore.Point
    ) async throws {
        let calm = try await RunnerWorld.everyKind()
        let expected = Fingerprint(try await finish(calm, crashAt: .max, point).state)
        #expect(expected.status == .completed)
        #expect(expected.memory["done"] == true)
        #expect(
            expected.visited == [
                "start", "fan", "fork", "worker", "boss", "worker", "boss", "worker", "gate", "end",
            ])
        var commit = 1
        while true {
            let world = try await RunnerWorld.everyKind()
            let (hasCrashed, state) = try await finish(world, crashAt: commit, point)
            #expect(Fingerprint(state) == expected, "crash at \(commit)")
            #expect(try await world.isConsistent(), "crash at \(commit)")
            try await expectEachActionOnce(world, crashAt: commit)
            guard hasCrashed else { break }
            commit += 1
        }
        // genesis, ten steps, four items, the response
        #expect(commit == 17)
    }

    private func expectEachActionOnce(_ world: RunnerWorld, crashAt commit: Int) async throws {
        var steps: [String: Int] = [:]
        var iteration = 0
        for event in try await world.events() {
            if event.eventType == .actionDispatched, event.action?["type"] != "resume_from_human" {
                steps["\(event.nodeID ?? "?"):\(iteration)", default: 0] += 1
            }
            if event.eventType == .childActionDispatched {
                steps["child \(event.nodeID ?? "?")", default: 0] += 1
            }
            if event.internalType == "_increment_iteration" { iteration += 1 }
        }
        #expect(steps.count == 14, "crash at \(commit)")
        #expect(steps.values.allSatisfy { $0 == 1 }, "crash at \(commit): \(steps)")
        let types = try await world.events().map { $0.action?["type"] }
        #expect(types.count { $0 == "request_human_input" } == 1)
        #expect(types.count { $0 == "resume_from_human" } == 1)
        #expect(try await world.events().count { $0.eventType == .workflowStarted } == 1)
    }

    @Test func `a crash inside a map executes only the items that are not recorded`() async throws {
        let world = try await RunnerWorld.everyKind()
        // genesis, start, then items: the third item's commit is the fifth.
        let crashing = CrashingRunStore(world.runStore, at: 5, .before)
        await #expect(throws: StoreError.self) { _ = try await world.runner(store: crashing).run() }
        #expect(world.count("item") == 3)
        _ = try await world.runner().run()
        #expect(world.count("item") == 5)
        #expect(world.count("start") == 1)
    }

    @Test func `a run continues from its log alone`() async throws {
        let world = try await RunnerWorld(.chain("a", "b"))
        world.on("a") { _ in .updates(["x": 1]) }
        world.on("b") { _ in .updates(["y": 2]) }
        let crashing = CrashingRunStore(world.runStore, at: 3, .before)
        await #expect(throws: StoreError.self) { _ = try await world.runner(store: crashing).run() }
        let copy = try await RunnerWorld(world.graph)
        for id in ["a", "b"] { copy.on(id) { _ in .updates(["y": 2]) } }
        let log = try InMemoryEventLogWriter(store: copy.store)
        try await copy.provider.saveWorkflowRun(world.state())
        try await log.append(world.events().map(\.appended))
        let runner = GraphRunner.recover(
            graph: world.graph, runID: world.runID, eventLog: log, handlers: copy.handlers,
            options: copy.options)
        let state = try await runner.run()
        #expect(state.status == .completed)
        #expect(state.memory == ["x": 1, "y": 2])
        #expect(copy.count("a") == 0)
        #expect(state.goal == "test")
    }

    @Test func `recovery from an empty log is refused`() async throws {
        let world = try await RunnerWorld(.chain("a"))
        world.on("a") { _ in .updates([:]) }
        let runner = GraphRunner.recover(
            graph: world.graph, runID: world.runID, eventLog: NoopEventLogWriter(), handlers: world.handlers,
            options: world.options)
        await #expect(throws: WorkflowError.self) { _ = try await runner.run() }
    }

    @Test func `a lost answer is recognised and nothing is doubled`() async throws {
        let world = try await RunnerWorld(.chain("a", "b"))
        for id in ["a", "b"] { world.on(id) { _ in .updates([:]) } }
        let flaky = FlakyRunStore(world.runStore, [.answerLost, .lost, nil, .answerLost, .lost])
        let state = try await world.runner(store: flaky).run()
        #expect(state.status == .completed)
        #expect(world.count("a") == 1)
        #expect(try await world.isConsistent())
        #expect(try await world.provider.loadWorkflowStateHistory(runID: world.runID).count == 3)
    }

    @Test func `three failures in a row end the execution and leave the run as committed`() async throws {
        let world = try await RunnerWorld(.chain("a", "b"))
        for id in ["a", "b"] { world.on(id) { _ in .updates([:]) } }
        let flaky = FlakyRunStore(world.runStore, [nil, .lost, .lost, .lost])
        let error = await #expect(throws: WorkflowError.self) {
            _ = try await world.runner(store: flaky).run()
        }
        guard case .persistenceUnavailable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await world.log() == "_init WS NS@a")
        #expect(world.count("b") == 0)
        #expect(try await world.runner().run().status == .completed)
    }

    @Test func `a stale claim stops the runner, which writes nothing more`() async throws {
        let world = try await RunnerWorld(.chain("a", "b"))
        for id in ["a", "b"] { world.on(id) { _ in .updates([:]) } }
        let queue = InMemoryWorkflowQueue(
            store: world.store, options: QueueOptions(oneActiveJobPerRun: false))
        for _ in 0..<2 {
            try await queue.enqueue(EnqueueRequest(runID: world.runID, graphID: world.graph.id))
        }
        let first = try #require(await queue.dequeue(workerID: "w1"))
        world.on("a") { _ in
            _ = try await queue.dequeue(workerID: "w2")
            return .updates([:])
        }
        let report = try await world.runner { $0.claim = first.claim }.runOutcome()
        guard case .abandoned = report.outcome else {
            Issue.record("\(report.outcome)")
            return
        }
        #expect(try await world.log() == "_init WS NS@a")
        #expect(try await world.snapshot()?.status == .running)
    }
}

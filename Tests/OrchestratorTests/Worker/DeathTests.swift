import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

/// Workers that die at a random call to the store, one after the other, until every run has ended.
@Suite(.timeLimit(.minutes(2))) struct DeathTests {
    private let lease = Duration.seconds(30)

    /// Lets one worker work until it dies or nothing is left to do for it.
    private func employ(_ world: RunnerWorld, _ mortality: Mortality, id: String) async throws {
        var options = WorkerOptions(workerID: id)
        options.runner = world.options
        options.runner.clock = ManualClock(start: world.clock.now())
        options.concurrency = 2
        let backend = MortalBackend(inner: InMemoryBackend(store: world.store), mortality: mortality)
        let worker = WorkflowWorker(backend: backend, handlers: world.handlers, options: options)
        worker.start()
        while !mortality.isDead {
            let depth = try await world.queue.getQueueDepth()
            if depth.waiting == 0, depth.active == 0, worker.heldJobCount == 0 { break }
            await Task.yield()
        }
        await worker.stop(grace: .zero)
    }

    private func answerAll(_ world: RunnerWorld, _ runs: [UUID]) async throws {
        for run in runs {
            guard try await world.provider.loadWorkflowRun(id: run)?.status == .waiting else { continue }
            _ = try await world.queue.enqueueResume(
                ResumeRequest(
                    runID: run, response: HumanResponse(.approved, responseKey: "k"), maxAttempts: 1000,
                    visibilityTimeout: lease))
        }
    }

    @Test(arguments: 1...6)
    func `nothing is lost and nothing is doubled`(seed: UInt64) async throws {
        var numbers = SeededNumbers(seed: seed)
        let world = try await RunnerWorld.everyKind()
        let runs = (0..<4).map { _ in UUID() }
        let lease = lease
        _ = try await world.queue.enqueue(
            runs.map { run in
                var request = EnqueueRequest(runID: run, graphID: world.graph.id)
                request.maxAttempts = 1000
                request.visibilityTimeout = lease
                return request
            })
        var deaths = 0
        for worker in 0..<500 {
            let mortality = Mortality(
                callsLeft: Int.random(in: 1...25, using: &numbers),
                diesAfterEffect: Bool.random(using: &numbers))
            try await employ(world, mortality, id: "w\(worker)")
            if mortality.isDead { deaths += 1 }
            world.clock.advance(by: lease)
            _ = try await world.queue.reclaimExpired()
            try await answerAll(world, runs)
            let depth = try await world.queue.getQueueDepth()
            if depth.waiting + depth.active + depth.paused == 0 { break }
        }
        #expect(deaths > 3)
        for run in runs { try await check(run, in: world) }
        #expect(try await world.queue.getQueueDepth() == QueueDepth())
    }

    private func check(_ run: UUID, in world: RunnerWorld) async throws {
        let state = try #require(await world.provider.loadLatestWorkflowState(runID: run))
        let events = try await world.provider.loadEvents(runID: run)
        #expect(state.status == .completed)
        #expect(
            state.visitedNodes == [
                "start", "fan", "fork", "worker", "boss", "worker", "boss", "worker", "gate", "end",
            ])
        #expect(state.totalTokensUsed == 25)
        #expect(state.totalCostUSD == 0.1)
        #expect(events.map(\.sequenceID) == Array(0..<events.count))
        #expect(try replay(events, graphID: world.graph.id) == state)
        var steps: [String: Int] = [:]
        var iteration = 0
        for event in events {
            let type = event.action?["type"]?.stringValue
            if event.eventType == .actionDispatched {
                steps["\(event.nodeID ?? "") \(iteration) \(type ?? "")", default: 0] += 1
            }
            if event.eventType == .childActionDispatched { steps[event.nodeID ?? "", default: 0] += 1 }
            if event.internalType == "_increment_iteration" { iteration += 1 }
        }
        #expect(steps.count == 15)
        #expect(steps.values.allSatisfy { $0 == 1 })
        #expect(events.count { $0.eventType == .workflowStarted } == 1)
        #expect(events.last?.internalType == "_complete")
        let jobs = try await world.queue.listJobs(status: nil, page: .first).filter { $0.runID == run }
        #expect(jobs.allSatisfy { $0.status == .completed })
        let epoch = try await world.provider.loadWorkflowRun(id: run)?.claimEpoch
        #expect(epoch == jobs.flatMap(\.attemptHistory).map(\.claimEpoch).max())
    }
}

import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite(.timeLimit(.minutes(1))) struct WorkerTests {
    @Test func `a start job runs to its end and is acknowledged in the last commit`() async throws {
        let world = try await RunnerWorld(.chain("a", "b"))
        world.on("a") { context in .updates(["x": context.view.memory["seed"] ?? .null]) }
        world.on("b") { _ in .updates([:]) }
        let job = try await world.enqueue { $0.initialState = ["goal": "find", "memory": ["seed": 7]] }
        let names = await world.worker("w").workOnce()
        #expect(names == ["worker:started", "job:claimed", "job:completed", "worker:stopped"])
        let state = try #require(await world.snapshot())
        #expect(state.goal == "find")
        #expect(state.memory == ["seed": 7, "x": 7])
        #expect(try await world.queue.getJob(id: job)?.status == .completed)
        #expect(try await world.provider.loadWorkflowRun(id: world.runID)?.claimEpoch == 1)
        #expect(try await world.isConsistent())
    }

    @Test func `a failed run is acknowledged once and never tried again`() async throws {
        var graph = WorkflowGraph.chain("a")
        graph.nodes[0].failurePolicy = .once
        let world = try await RunnerWorld(graph)
        world.on("a") { _ in throw RecordedFailure.sample }
        let job = try await world.enqueue()
        let names = await world.worker("w").workOnce()
        #expect(names == ["worker:started", "job:claimed", "job:completed", "worker:stopped"])
        #expect(try await world.snapshot()?.status == .failed)
        #expect(try await world.queue.getJob(id: job)?.status == .completed)
        #expect(world.count("a") == 1)
    }

    @Test func `a job without its graph is given up with the reason, and the next one runs`() async throws {
        let world = try await RunnerWorld(.chain("a"))
        world.on("a") { _ in .updates([:]) }
        let bad = try await world.queue.enqueue(EnqueueRequest(runID: UUID(), graphID: UUID())).jobID
        let good = try await world.enqueue()
        _ = await world.worker("w").workOnce()
        let job = try #require(await world.queue.getJob(id: bad))
        #expect(job.status == .deadLetter)
        #expect(job.lastError?.hasPrefix("Graph ") == true)
        #expect(try await world.queue.getJob(id: good)?.status == .completed)
    }

    @Test func `an approval pauses the job, and the decision goes on in another worker`() async throws {
        let world = try await RunnerWorld.everyKind()
        let start = try await world.enqueue()
        let names = await world.worker("w1").workOnce()
        #expect(names.contains("job:released"))
        #expect(try await world.queue.getJob(id: start)?.status == .paused)
        #expect(try await world.snapshot()?.status == .waiting)
        let request = ResumeRequest(
            runID: world.runID, response: HumanResponse(.approved, responseKey: "k"))
        let resume = try await world.queue.enqueueResume(request)
        #expect(resume.wasInserted)
        #expect(try await world.queue.getJob(id: start)?.status == .completed)
        #expect(
            try await world.queue.enqueueResume(request)
                == EnqueueResult(jobID: resume.jobID, wasInserted: false))
        #expect(await world.worker("w2").workOnce().contains("job:completed"))
        #expect(try await world.snapshot()?.status == .completed)
        #expect(try await world.queue.getJob(id: resume.jobID)?.status == .completed)
        #expect(try await world.isConsistent())
    }

    @Test func `a gate's deadline fires through the sweep`() async throws {
        let world = try await RunnerWorld.everyKind()
        let job = try await world.enqueue()
        _ = await world.worker("w1").workOnce()
        #expect(try await world.queue.reclaimExpired() == ReclaimReport())
        world.clock.advance(by: .seconds(86_400))
        #expect(await world.worker("w2").workOnce().contains("job:completed"))
        #expect(try await world.snapshot()?.status == .timeout)
        #expect(try await world.queue.getJob(id: job)?.status == .completed)
    }

    @Test func `a graceful stop commits the present step and hands the job back for free`() async throws {
        let world = try await RunnerWorld(.chain("a", "b"))
        let entered = Gate()
        let mayReturn = Gate()
        world.on("a") { _ in
            entered.open()
            await mayReturn.wait()
            return .updates([:])
        }
        world.on("b") { _ in .updates([:]) }
        let id = try await world.enqueue()
        let worker = world.worker("w1")
        worker.start()
        await entered.wait()
        async let stopped: Void = worker.stop(grace: .seconds(3600))
        while worker.heldJobCount > 0, !worker.isStopping { await Task.yield() }
        mayReturn.open()
        await stopped
        let job = try #require(await world.queue.getJob(id: id))
        #expect(job.status == .waiting)
        #expect(job.attempt == 0)
        #expect(
            try await world.log() == "_init WS NS@a ACT[update_memory]@a _increment_iteration _advance")
        #expect(await world.worker("w2").workOnce().contains("job:completed"))
        #expect(world.count("a") == 1)
        #expect(try await world.isConsistent())
        #expect(!(try await world.log()).contains("_cancel"))
    }

    @Test func `a stop past the grace period leaves the run running for another worker`() async throws {
        let world = try await RunnerWorld(.chain("a"))
        let entered = Gate()
        world.on("a") { _ in
            entered.open()
            try await Task.sleep(for: .seconds(3600))
            return .updates([:])
        }
        let id = try await world.enqueue()
        let worker = world.worker("w1")
        worker.start()
        await entered.wait()
        await worker.stop(grace: .zero)
        let job = try #require(await world.queue.getJob(id: id))
        #expect(job.status == .waiting)
        #expect(job.attempt == 0)
        #expect(try await world.snapshot()?.status == .running)
        world.on("a") { _ in .updates([:]) }
        #expect(await world.worker("w2").workOnce().contains("job:completed"))
        #expect(try await world.snapshot()?.status == .completed)
    }

    @Test func `a claim that another worker took stops the handler, and the new owner finishes`() async throws
    {
        let world = try await RunnerWorld(.chain("a"))
        let entered = Gate()
        world.on("a") { context in
            guard context.claimEpoch == 1 else { return .updates(["by": "second"]) }
            entered.open()
            try await Task.sleep(for: .seconds(3600))
            return .updates(["by": "first"])
        }
        try await world.enqueue { $0.visibilityTimeout = .seconds(30) }
        let clock = ManualClock(start: world.clock.now())
        let zombie = world.worker("zombie", clock: clock) { $0.pollInterval = .seconds(3600) }
        let stream = zombie.events
        zombie.start()
        await entered.wait()
        world.clock.advance(by: .seconds(31))
        #expect(await world.worker("owner").workOnce().contains("job:completed"))
        // Its heartbeat comes ten seconds after the claim, by its own clock.
        await clock.waitForSleepers(2)
        clock.advance(by: .seconds(10))
        var names: [String] = []
        for await event in stream {
            names.append(event.name)
            if event.name == "job:claim_lost" { Task { await zombie.stop() } }
        }
        #expect(names.contains("job:claim_lost"))
        #expect(try await world.snapshot()?.memory == ["by": "second"])
        #expect(try await world.isConsistent())
    }

    @Test func `cancelling from elsewhere reaches the handler at the next heartbeat`() async throws {
        let world = try await RunnerWorld(.chain("a"))
        let entered = Gate()
        world.on("a") { _ in
            entered.open()
            try await Task.sleep(for: .seconds(3600))
            return .updates([:])
        }
        try await world.enqueue { $0.visibilityTimeout = .seconds(30) }
        let clock = ManualClock(start: world.clock.now())
        let worker = world.worker("w", clock: clock) { $0.pollInterval = .seconds(3600) }
        let stream = worker.events
        worker.start()
        await entered.wait()
        #expect(try await world.provider.requestCancel(runID: world.runID))
        await clock.waitForSleepers(2)
        clock.advance(by: .seconds(10))
        for await event in stream where event.name == "job:completed" { Task { await worker.stop() } }
        #expect(try await world.log() == "_init WS NS@a _cancel")
        #expect(try await world.snapshot()?.status == .cancelled)
    }

    @Test func `a failure of the store nacks with its message until the job is given up`() async throws {
        let world = try await RunnerWorld(.chain("a"))
        let id = try await world.enqueue { $0.maxAttempts = 2 }
        // No handler is registered: this process cannot execute the graph.
        #expect(await world.worker("w").workOnce().contains("job:failed"))
        #expect(try await world.queue.getJob(id: id)?.lastError?.contains("RunnerWiringError") == true)
        world.clock.advance(by: .seconds(2))
        #expect(await world.worker("w").workOnce().contains("job:dead_letter"))
        #expect(try await world.queue.retryDeadLetter(jobID: id) == .applied)
        world.on("a") { _ in .updates([:]) }
        #expect(await world.worker("w").workOnce().contains("job:completed"))
    }

    @Test func `a worker never holds more jobs than its slots, and fills them in one claim`() async throws {
        let world = try await RunnerWorld(.chain("a"))
        let mayReturn = Gate()
        world.on("a") { _ in
            await mayReturn.wait()
            return .updates([:])
        }
        for _ in 0..<5 {
            try await world.queue.enqueue(EnqueueRequest(runID: UUID(), graphID: world.graph.id))
        }
        let worker = world.worker("w") { $0.concurrency = 3 }
        let stream = worker.events
        worker.start()
        var claimed = 0
        var completed = 0
        for await event in stream {
            switch event.name {
            case "job:claimed":
                claimed += 1
                #expect(worker.heldJobCount <= 3)
                if claimed == 3 {
                    #expect(try await world.queue.getQueueDepth().active == 3)
                    mayReturn.open()
                }
            case "job:completed":
                completed += 1
                if completed == 5 { Task { await worker.stop() } }
            default: break
            }
        }
        #expect(claimed == 5)
        #expect(completed == 5)
    }
}

extension RecordedFailure {
    static var sample: WorkflowError { .nodeConfig(nodeID: "a", nodeType: "agent", missingField: "sample") }
}

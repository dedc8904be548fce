import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension QueuePromises {
    static let enqueuing: [Promise] = [
        Promise("WQ001", "everything of a request comes back with its job") { world in
            let request = try await world.enqueue {
                $0.type = .resume
                $0.initialState = ["goal": "x", "x_future": [1.5]]
                $0.humanResponse = ["decision": "approved"]
                $0.priority = -3
                $0.maxAttempts = 7
                $0.visibilityTimeout = .milliseconds(42_000)
                $0.jobKey = "key"
            }
            let job = try present(await world.queue().getJob(id: request.id), "the job")
            try equal(job.type, .resume, "the type")
            try equal(job.runID, request.runID, "the run")
            try equal(job.graphID, request.graphID, "the graph")
            try equal(job.initialState, request.initialState, "the initial state")
            try equal(job.humanResponse, request.humanResponse, "the response")
            try equal(job.priority, -3, "the priority")
            try equal(job.maxAttempts, 7, "the greatest number of attempts")
            try equal(job.visibilityTimeout, .seconds(42), "the visibility timeout")
            try equal(job.jobKey, "key", "the key")
        },
        Promise("WQ002", "a new job waits, unclaimed and without attempts") { world in
            let request = try await world.enqueue()
            let job = try present(await world.queue().getJob(id: request.id), "the job")
            try equal(job.status, .waiting, "the status")
            try equal(job.attempt, 0, "the attempt")
            try equal(job.workerID, nil, "the worker")
            try equal(job.visibleAt, nil, "visible_at")
            try equal(job.lastError, nil, "the error")
            try equal(job.attemptHistory.count, 0, "attempts")
            try equal(job.initialState, nil, "the initial state")
            try equal(job.visibilityTimeout, .seconds(300), "the default visibility timeout")
            try equal(job.maxAttempts, 3, "the default number of attempts")
        },
        Promise("WQ003", "an unknown job is nothing") { world in
            try require(await world.queue().getJob(id: UUID()) == nil, "there is no job")
        },
        Promise("WQ004", "enqueuing the same job again adds nothing and says so") { world in
            let request = try await world.enqueue()
            try equal(
                await world.queue().enqueue(request),
                EnqueueResult(jobID: request.id, wasInserted: false), "the second result")
            try equal(await world.queue().getQueueDepth().waiting, 1, "waiting jobs")
        },
        Promise("WQ005", "a job with the key of a live job is that job") { world in
            let request = try await world.enqueue { $0.jobKey = "key" }
            var other = request
            other.id = world.id()
            try equal(
                await world.queue().enqueue(other),
                EnqueueResult(jobID: request.id, wasInserted: false), "the second result")
            try equal(await world.queue().getQueueDepth().waiting, 1, "waiting jobs")
        },
        Promise("WQ006", "the key is free again when its job has ended") { world in
            let job = try await world.claimed { $0.jobKey = "key" }
            _ = try await world.queue().ack(job.handle)
            let request = EnqueueRequest(runID: world.id(), graphID: job.job.graphID, jobKey: "key")
            try require(await world.queue().enqueue(request).wasInserted, "the second job was added")
        },
        Promise("WQ007", "the results of a batch are in the order of its requests") { world in
            let request = try await world.enqueue { $0.jobKey = "key" }
            var same = request
            same.id = world.id()
            var free = request
            free.id = world.id()
            free.jobKey = nil
            let results = try await world.queue().enqueue([same, free, free])
            try equal(results.map(\.jobID), [request.id, free.id, free.id], "the jobs")
            try equal(results.map(\.wasInserted), [false, true, false], "which were added")
        },
        Promise("WQ008", "a batch with a request that makes no sense adds nothing") { world in
            let good = EnqueueRequest(runID: world.id(), graphID: try await world.storedGraph().id)
            var attempts = good
            attempts.id = world.id()
            attempts.maxAttempts = 0
            var timeout = good
            timeout.id = world.id()
            timeout.visibilityTimeout = .zero
            var state = good
            state.id = world.id()
            state.initialState = ["run_id": .string(UUID().uuidString)]
            let bad = [
                (attempts, "max_attempts"), (timeout, "visibility_timeout_ms"), (state, "initial_state"),
            ]
            for (request, name) in bad {
                try await refused(.invalidArgument(name: name), "the batch") {
                    _ = try await world.queue().enqueue([good, request])
                }
            }
            try equal(await world.queue().getQueueDepth(), QueueDepth(), "the depth")
        },
        Promise("WQ009", "an empty batch is accepted") { world in
            try equal(await world.queue().enqueue([EnqueueRequest]()).count, 0, "results")
        },
        Promise("WQ010", "enqueuing makes no run: its row comes with the first claim") { world in
            let request = try await world.enqueue()
            try require(
                await world.persistence().loadWorkflowRun(id: request.runID) == nil, "there is no run yet")
            _ = try await world.queue().dequeue(workerID: "one")
            let run = try present(
                await world.persistence().loadWorkflowRun(id: request.runID), "the run's row")
            try equal(run.status, .pending, "the status")
            try equal(run.graphID, request.graphID, "the graph")
            try await world.log().append(world.event(request.runID, 0))
        },
        Promise("WQ011", "a delayed job is not claimable before its time", needs: [.passingTime]) { world in
            let request = try await world.enqueue { $0.delay = .seconds(600) }
            try require(await world.queue().dequeue(workerID: "one") == nil, "nothing is claimable")
            try equal(await world.queue().getQueueDepth().waiting, 1, "waiting jobs")
            try equal(await world.queue().getQueueDepth().oldestClaimableAt, nil, "the oldest claimable job")
            try await world.pass(.seconds(590))
            try require(await world.queue().dequeue(workerID: "one") == nil, "nothing is claimable yet")
            try await world.pass(.seconds(20))
            try equal(await world.queue().dequeue(workerID: "one")?.job.id, request.id, "the claimed job")
        },
        Promise("WQ012", "a thousand jobs are enqueued with one call") { world in
            let graph = try await world.storedGraph()
            let requests = (0..<1000).map { _ in EnqueueRequest(runID: world.id(), graphID: graph.id) }
            let results = try await world.queue().enqueue(requests)
            try equal(results.map(\.jobID) == requests.map(\.id), true, "the results are in order")
            try equal(await world.queue().getQueueDepth().waiting, 1000, "waiting jobs")
        },
        Promise("WQ013", "the same key enqueued by many at once makes one job") { world in
            let graph = try await world.storedGraph()
            let run = world.id()
            let results = try await world.atOnce(8) { _ in
                try await world.queue().enqueue(
                    EnqueueRequest(runID: run, graphID: graph.id, jobKey: "one"))
            }
            try equal(results.count { $0.wasInserted }, 1, "jobs that were added")
            try equal(Set(results.map(\.jobID)).count, 1, "ids that were returned")
        },
    ]
}

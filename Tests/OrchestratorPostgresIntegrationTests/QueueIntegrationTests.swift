import Foundation
import JSONModel
import Orchestrator
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct QueueIntegrationTests {
    @Test(arguments: Backend.Kind.allCases)
    func `a claim takes the lowest priority number, then the oldest`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let later = try await backend.enqueue { $0.priority = 5 }
            let oldest = try await backend.enqueue { $0.priority = 1 }
            let newest = try await backend.enqueue { $0.priority = 1 }
            let first = try #require(await backend.jobs.dequeue(workerID: "one"))
            #expect(first.job.id == oldest.id)
            #expect(first.job.status == .active)
            #expect(first.job.workerID == "one")
            #expect(first.job.attempt == 1)
            #expect(first.claimEpoch == 1)
            let lease = try #require(first.job.visibleAt).timeIntervalSince(
                try #require(first.job.lastHeartbeatAt))
            #expect(abs(lease - 300) < 1)
            let rest = try await backend.jobs.dequeue(workerID: "two", limit: 5)
            #expect(rest.map(\.job.id) == [newest.id, later.id])
            #expect(try await backend.jobs.dequeue(workerID: "three") == nil)
            #expect(try await backend.provider.loadWorkflowRun(id: oldest.runID)?.status == .pending)
            #expect(try await backend.provider.loadWorkflowRun(id: oldest.runID)?.claimEpoch == 1)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `everything of a request comes back`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let request = try await backend.enqueue {
                $0.type = .resume
                $0.initialState = ["goal": "x", "x_future": [1.5]]
                $0.humanResponse = ["decision": "approved"]
                $0.priority = -3
                $0.maxAttempts = 7
                $0.visibilityTimeout = .milliseconds(42_000)
                $0.jobKey = "key"
            }
            let job = try #require(await backend.jobs.getJob(id: request.id))
            #expect(job.type == .resume)
            #expect(job.initialState == request.initialState)
            #expect(job.humanResponse == request.humanResponse)
            #expect(job.priority == -3)
            #expect(job.maxAttempts == 7)
            #expect(job.visibilityTimeout == .seconds(42))
            #expect(job.jobKey == "key")
            #expect(job.attempt == 0)
            #expect(job.status == .waiting)
            #expect(job.visibleAt == nil)
            #expect(try await backend.jobs.getJob(id: UUID()) == nil)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `enqueueing again by id or by key adds nothing`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let request = try await backend.enqueue { $0.jobKey = "key" }
            #expect(
                try await backend.jobs.enqueue(request)
                    == EnqueueResult(jobID: request.id, wasInserted: false))
            var other = request
            other.id = Sample.id()
            var free = other
            free.id = Sample.id()
            free.jobKey = nil
            let results = try await backend.jobs.enqueue([other, free, free])
            #expect(results.map(\.jobID) == [request.id, free.id, free.id])
            #expect(results.map(\.wasInserted) == [false, true, false])
            let claimed = try #require(await backend.jobs.dequeue(workerID: "one"))
            #expect(try await backend.jobs.ack(claimed.handle) == .applied)
            #expect(try await backend.jobs.enqueue(other).wasInserted)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `requests that make no sense are refused together`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let good = EnqueueRequest(runID: UUID(), graphID: UUID())
            var bad = good
            bad.id = UUID()
            bad.maxAttempts = 0
            let refused = bad
            #expect(
                await code { _ = try await backend.jobs.enqueue([good, refused]) }
                    == .invalidArgument(name: "max_attempts"))
            bad.maxAttempts = 1
            bad.visibilityTimeout = .zero
            let second = bad
            #expect(
                await code { _ = try await backend.jobs.enqueue([good, second]) }
                    == .invalidArgument(name: "visibility_timeout_ms"))
            bad.visibilityTimeout = .seconds(1)
            bad.initialState = ["run_id": .string(UUID().uuidString)]
            let third = bad
            #expect(
                await code { _ = try await backend.jobs.enqueue([good, third]) }
                    == .invalidArgument(name: "initial_state"))
            #expect(try await backend.jobs.getQueueDepth() == QueueDepth())
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `eight consumers claim each of 200 jobs once`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let graph = Sample.graph()
            try await backend.provider.saveGraph(graph)
            let requests = (0..<200).map { _ in EnqueueRequest(runID: Sample.id(), graphID: graph.id) }
            _ = try await backend.jobs.enqueue(requests)
            let claimed = try await withThrowingTaskGroup(of: [UUID].self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        var mine: [UUID] = []
                        while true {
                            let batch = try await backend.jobs.dequeue(
                                workerID: "\(worker)", limit: 1 + worker % 3)
                            if batch.isEmpty { return mine }
                            let outcomes = try await backend.jobs.ack(batch.map(\.handle))
                            #expect(outcomes.allSatisfy { $0 == .applied })
                            mine += batch.map(\.job.id)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.count == 200)
            #expect(Set(claimed) == Set(requests.map(\.id)))
            #expect(try await backend.jobs.listJobs(status: .completed, page: Page(limit: 300)).count == 200)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a run has one active job at a time, unless the option says otherwise`(_ kind: Backend.Kind)
        async throws
    {
        try await kind.run { backend async throws in
            let request = try await backend.enqueue()
            var more: [EnqueueRequest] = []
            for _ in 0..<3 {
                var other = request
                other.id = Sample.id()
                more.append(other)
            }
            _ = try await backend.jobs.enqueue(more)
            let behind = try await backend.enqueue()
            let claimed = try await backend.jobs.dequeue(workerID: "one", limit: 9)
            #expect(claimed.map(\.job.id) == [request.id, behind.id])
            #expect(try await backend.jobs.dequeue(workerID: "two") == nil)
            let loose = backend.queue(QueueOptions(oneActiveJobPerRun: false))
            let rest = try await loose.dequeue(workerID: "two", limit: 2)
            #expect(rest.map(\.job.id) == [more[0].id, more[1].id])
            #expect(rest.map(\.claimEpoch) == [2, 3])
            for job in claimed + rest { #expect(try await backend.jobs.ack(job.handle) == .applied) }
            #expect(try await backend.jobs.dequeue(workerID: "one")?.job.id == more[2].id)
        }
    }

    @Test func `claims of one run at the same time give one active job`() async throws {
        try await Backend.Kind.postgres.run { backend async throws in
            for _ in 0..<10 {
                let request = try await backend.enqueue()
                let more = (0..<8).map { index in
                    EnqueueRequest(runID: request.runID, graphID: request.graphID, priority: -index)
                }
                let claimed = try await withThrowingTaskGroup(of: [ClaimedJob].self) { group in
                    for (worker, other) in more.enumerated() {
                        group.addTask {
                            _ = try await backend.jobs.enqueue(other)
                            return try await backend.jobs.dequeue(workerID: "\(worker)", limit: 2)
                        }
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                #expect(claimed.count == 1)
                #expect(claimed.first?.claimEpoch == 1)
                for job in claimed { _ = try await backend.jobs.ack(job.handle) }
                for _ in more {
                    let next = try #require(await backend.jobs.dequeue(workerID: "last"))
                    #expect(try await backend.jobs.ack(next.handle) == .applied)
                }
            }
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a job without a graph is given up and blocks nobody`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let lost = EnqueueRequest(runID: UUID(), graphID: UUID(), priority: -1)
            _ = try await backend.jobs.enqueue(lost)
            let good = try await backend.enqueue()
            #expect(try await backend.jobs.dequeue(workerID: "one")?.job.id == good.id)
            let job = try #require(await backend.jobs.getJob(id: lost.id))
            #expect(job.status == .deadLetter)
            #expect(job.lastError == "Graph \(lost.graphID.uuidString.lowercased()) is not stored.")
            #expect(job.attempt == 0)
            #expect(try await backend.jobs.getQueueDepth().deadLetter == 1)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `only the claim that holds a job can end it`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let request = try await backend.enqueue()
            let queue = backend.jobs
            #expect(try await queue.ack(JobHandle(jobID: request.id)) == .wrongStatus)
            let claimed = try #require(await queue.dequeue(workerID: "one"))
            let stranger = JobHandle(jobID: request.id, workerID: "two")
            let earlier = JobHandle(jobID: request.id, workerID: "one", attempt: 9)
            for handle in [stranger, earlier] {
                #expect(try await queue.ack(handle) == .notOwned)
                #expect(try await queue.nack(handle, error: "e") == .notOwned)
                #expect(try await queue.release(handle) == .notOwned)
                #expect(try await queue.requeue(handle) == .notOwned)
                #expect(try await queue.deadLetter(handle, reason: "r") == .notOwned)
                #expect(try await queue.heartbeat(handle).outcome == .notOwned)
            }
            let unknown = JobHandle(jobID: UUID())
            #expect(
                try await queue.ack([unknown, claimed.handle, claimed.handle])
                    == [.notFound, .applied, .wrongStatus])
            #expect(try await queue.nack(claimed.handle, error: "late") == .wrongStatus)
            #expect(try await queue.getJob(id: request.id)?.status == .completed)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `failed attempts wait longer and longer, then the job is given up`(_ kind: Backend.Kind)
        async throws
    {
        try await kind.run { backend async throws in
            let request = try await backend.enqueue { $0.maxAttempts = 2 }
            let queue = backend.queue(
                QueueOptions(retryBackoff: RetryBackoff(base: .milliseconds(20), limit: .seconds(9))))
            let first = try #require(await queue.dequeue(workerID: "one"))
            #expect(try await queue.nack(first.handle, error: "first") == .applied)
            let waiting = try #require(await queue.getJob(id: request.id))
            #expect(waiting.status == .waiting)
            #expect(waiting.lastError == "first")
            #expect(waiting.visibleAt != nil)
            #expect(waiting.workerID == nil)
            let second = try #require(await eventually { try await queue.dequeue(workerID: "two") })
            #expect(second.claimEpoch == 2)
            #expect(second.job.attempt == 2)
            #expect(try await queue.nack(second.handle, error: "second") == .deadLettered)
            let dead = try #require(await queue.getJob(id: request.id))
            #expect(dead.status == .deadLetter)
            #expect(dead.lastError == "second")
            #expect(dead.attemptHistory.map(\.error) == ["first", "second"])
            #expect(dead.attemptHistory.map(\.workerID) == ["one", "two"])
            #expect(try await queue.retryDeadLetter(jobID: request.id) == .applied)
            #expect(try await queue.retryDeadLetter(jobID: request.id) == .wrongStatus)
            #expect(try await queue.retryDeadLetter(jobID: UUID()) == .notFound)
            #expect(try await queue.dequeue(workerID: "one")?.job.attempt == 1)
        }
    }

    @Test func `a job that backs off is not claimable, and its wait doubles up to the limit`() async throws {
        try await Backend.Kind.postgres.run { backend async throws in
            let client = try #require(backend.database?.client)
            let request = try await backend.enqueue { $0.maxAttempts = 9 }
            let queue = backend.queue(
                QueueOptions(retryBackoff: RetryBackoff(base: .seconds(100), limit: .seconds(300))))
            var handle = try #require(await queue.dequeue(workerID: "w")).handle
            for expected in [100.0, 200, 300, 300] {
                #expect(try await queue.nack(handle, error: "e") == .applied)
                let job = try #require(await queue.getJob(id: request.id))
                let ended = try #require(job.attemptHistory.last?.endedAt)
                #expect(abs(try #require(job.visibleAt).timeIntervalSince(ended) - expected) < 1)
                #expect(try await queue.dequeue(workerID: "w") == nil)
                try await client.execute("UPDATE workflow_jobs SET visible_at = now()")
                handle = try #require(await queue.dequeue(workerID: "w")).handle
            }
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `expired claims come back, poisoned ones do not`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let request = try await backend.enqueue {
                $0.visibilityTimeout = .milliseconds(1)
                $0.maxAttempts = 2
            }
            let queue = backend.jobs
            for round in 1...2 {
                #expect(try await queue.dequeue(workerID: "w")?.job.attempt == round)
                try await Task.sleep(for: .milliseconds(20))
                let report = try await queue.reclaimExpired()
                #expect(report.total == 1)
                #expect(report.deadLettered == round - 1)
            }
            #expect(try await queue.reclaimExpired() == ReclaimReport())
            let job = try #require(await queue.getJob(id: request.id))
            #expect(job.status == .deadLetter)
            #expect(job.lastError == "the claim of attempt 2 expired")
            #expect(try await queue.dequeue(workerID: "w") == nil)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a heartbeat renews the claim and tells of a cancel request`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let request = try await backend.enqueue { $0.visibilityTimeout = .milliseconds(1) }
            let queue = backend.jobs
            try await queue.registerWorker(
                WorkerRecord(id: "w", host: "host", processID: 7, version: "1", concurrency: 2))
            let claimed = try #require(await queue.dequeue(workerID: "w"))
            let beat = try await queue.heartbeat([claimed.handle], extendBy: .seconds(60))
            #expect(beat == [HeartbeatOutcome(jobID: request.id, outcome: .applied)])
            try await Task.sleep(for: .milliseconds(20))
            #expect(try await queue.reclaimExpired() == ReclaimReport())
            _ = try await backend.provider.requestCancel(runID: request.runID)
            #expect(try await queue.heartbeat(claimed.handle).cancelRequested)
            let worker = try #require(await queue.listWorkers(limit: 9).first)
            #expect(worker.id == "w")
            #expect(worker.processID == 7)
            #expect(try #require(worker.lastSeenAt) > (try #require(worker.startedAt)))
            try await queue.unregisterWorker(id: "w")
            #expect(try await queue.listWorkers(limit: 9).first?.stoppedAt != nil)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `released jobs wait for their deadline, requeued ones do not count the attempt`(
        _ kind: Backend.Kind
    ) async throws {
        try await kind.run { backend async throws in
            let request = try await backend.enqueue()
            let queue = backend.jobs
            let first = try #require(await queue.dequeue(workerID: "w"))
            #expect(try await queue.requeue(first.handle) == .applied)
            let second = try #require(await queue.dequeue(workerID: "w"))
            #expect(second.job.attempt == 1)
            #expect(second.claimEpoch == 2)
            let deadline = Date().addingTimeInterval(-1)
            #expect(try await queue.release(second.handle, deadline: deadline) == .applied)
            #expect(try await queue.getJob(id: request.id)?.status == .paused)
            #expect(try await queue.dequeue(workerID: "w") == nil)
            #expect(try await queue.getQueueDepth().paused == 1)
            #expect(try await queue.reclaimExpired() == ReclaimReport(dueDeadlines: 1))
            let third = try #require(await queue.dequeue(workerID: "w"))
            #expect(try await queue.deadLetter(third.handle, reason: "no") == .deadLettered)
            #expect(try await queue.getJob(id: request.id)?.lastError == "no")
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a delayed job is claimable when its time has come`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let later = try await backend.enqueue { $0.delay = .seconds(600) }
            #expect(try await backend.jobs.dequeue(workerID: "w") == nil)
            let depth = try await backend.jobs.getQueueDepth()
            #expect(depth.waiting == 1)
            #expect(depth.oldestClaimableAt == nil)
            let visible = try #require(await backend.jobs.getJob(id: later.id)?.visibleAt)
            #expect(abs(visible.timeIntervalSinceNow - 600) < 30)
            let soon = try await backend.enqueue { $0.delay = .milliseconds(20) }
            let claimed = try await eventually { try await backend.jobs.dequeue(workerID: "w") }
            #expect(claimed?.job.id == soon.id)
        }
    }
}

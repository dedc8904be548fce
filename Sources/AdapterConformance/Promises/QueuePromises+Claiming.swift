import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension QueuePromises {
    static let claiming: [Promise] = [
        Promise("WQ020", "an empty queue gives nothing") { world in
            try require(await world.queue().dequeue(workerID: "one") == nil, "there is no job")
            try equal(await world.queue().dequeue(workerID: "one", limit: 5).count, 0, "jobs")
        },
        Promise("WQ021", "a claim makes the job active, with worker, attempt 1 and epoch 1") { world in
            let claim = try await world.claimed()
            try equal(claim.job.status, .active, "the status")
            try equal(claim.job.workerID, "one", "the worker")
            try equal(claim.workerID, "one", "the worker of the claim")
            try equal(claim.job.attempt, 1, "the attempt")
            try equal(claim.claimEpoch, 1, "the epoch")
            let stored = try present(await world.queue().getJob(id: claim.job.id), "the job")
            try equal(stored.status, .active, "the stored status")
            try equal(
                await world.persistence().loadWorkflowRun(id: claim.job.runID)?.claimEpoch, 1,
                "the run's epoch")
        },
        Promise("WQ022", "the lease is the job's visibility timeout") { world in
            let claim = try await world.claimed { $0.visibilityTimeout = .seconds(42) }
            let visible = try present(claim.job.visibleAt, "visible_at")
            let beat = try present(claim.job.lastHeartbeatAt, "last_heartbeat_at")
            try require(abs(visible.timeIntervalSince(beat) - 42) < 0.01, "the lease is 42 seconds")
        },
        Promise("WQ023", "the lowest priority number is claimed first") { world in
            let low = try await world.enqueue { $0.priority = 5 }
            let high = try await world.enqueue { $0.priority = -5 }
            let middle = try await world.enqueue()
            let claimed = try await world.queue().dequeue(workerID: "one", limit: 3)
            try equal(claimed.map(\.job.id), [high.id, middle.id, low.id], "the order")
        },
        Promise("WQ024", "of one priority, the oldest job is claimed first") { world in
            var ids: [UUID] = []
            for _ in 0..<4 { ids.append(try await world.enqueue().id) }
            for id in ids {
                try equal(await world.queue().dequeue(workerID: "one")?.job.id, id, "the claimed job")
            }
        },
        Promise("WQ025", "a claim takes no more jobs than its limit") { world in
            for _ in 0..<5 { _ = try await world.enqueue() }
            try equal(await world.queue().dequeue(workerID: "one", limit: 2).count, 2, "jobs")
            try equal(await world.queue().getQueueDepth().waiting, 3, "waiting jobs")
            try equal(await world.queue().dequeue(workerID: "one", limit: 9).count, 3, "the rest")
        },
        Promise("WQ026", "a claimed job is not claimed again") { world in
            _ = try await world.claimed()
            try require(await world.queue().dequeue(workerID: "two") == nil, "nothing is claimable")
        },
        Promise("WQ027", "ten claims at once of five jobs give five different ones") { world in
            for _ in 0..<5 { _ = try await world.enqueue() }
            let claimed = try await world.atOnce(10) { index in
                try await world.queue().dequeue(workerID: "\(index)")?.job.id
            }
            try equal(claimed.count { $0 == nil }, 5, "claims that got nothing")
            try equal(Set(claimed.compactMap { $0 }).count, 5, "different jobs")
        },
        Promise("WQ028", "eight consumers take each of 200 jobs once") { world in
            let graph = try await world.storedGraph()
            let requests = (0..<200).map { _ in EnqueueRequest(runID: world.id(), graphID: graph.id) }
            _ = try await world.queue().enqueue(requests)
            let queue = try world.queue()
            let taken = try await world.atOnce(8) { worker -> [UUID] in
                var mine: [UUID] = []
                for _ in 0..<300 {
                    let batch = try await queue.dequeue(workerID: "\(worker)", limit: 1 + worker % 3)
                    if batch.isEmpty { return mine }
                    let outcomes = try await queue.ack(batch.map(\.handle))
                    try require(outcomes.allSatisfy { $0 == .applied }, "every ack is applied")
                    mine += batch.map(\.job.id)
                }
                throw BrokenPromise("the queue of 200 jobs does not run empty")
            }.flatMap { $0 }
            try equal(taken.count, 200, "jobs taken")
            try equal(Set(taken) == Set(requests.map(\.id)), true, "each was taken once")
        },
        Promise("WQ029", "a run has one active job at a time, and the jobs behind it go on") { world in
            let first = try await world.enqueue()
            var second = first
            second.id = world.id()
            _ = try await world.queue().enqueue(second)
            let behind = try await world.enqueue()
            let claimed = try await world.queue().dequeue(workerID: "one", limit: 9)
            try equal(claimed.map(\.job.id), [first.id, behind.id], "the claimed jobs")
            try require(await world.queue().dequeue(workerID: "two") == nil, "the second job waits")
            _ = try await world.queue().ack(claimed[0].handle)
            try equal(await world.queue().dequeue(workerID: "two")?.job.id, second.id, "the second job")
        },
        Promise("WQ030", "with the option off a run may have several active jobs, each with its epoch") {
            world in
            let first = try await world.enqueue()
            var second = first
            second.id = world.id()
            let queue = try world.queue(QueueOptions(oneActiveJobPerRun: false))
            _ = try await queue.enqueue(second)
            let claimed = try await queue.dequeue(workerID: "one", limit: 9)
            try equal(claimed.map(\.job.id), [first.id, second.id], "the claimed jobs")
            try equal(claimed.map(\.claimEpoch), [1, 2], "the epochs")
        },
        Promise("WQ031", "claims of one run at once give one active job") { world in
            let request = try await world.enqueue()
            let queue = try world.queue()
            for index in 1...8 {
                _ = try await queue.enqueue(
                    EnqueueRequest(runID: request.runID, graphID: request.graphID, priority: -index))
            }
            let claimed = try await world.atOnce(8) { index in
                try await queue.dequeue(workerID: "\(index)", limit: 2)
            }.flatMap { $0 }
            try equal(claimed.count, 1, "claimed jobs")
        },
        Promise("WQ032", "the claim of a job whose run exists leaves its status and graph") { world in
            let state = try await world.run(.waiting)
            let graph = try await world.storedGraph(name: "other")
            _ = try await world.queue().enqueue(EnqueueRequest(runID: state.runID, graphID: graph.id))
            _ = try present(await world.queue().dequeue(workerID: "one"), "the job")
            let run = try await world.persistence().loadWorkflowRun(id: state.runID)
            try equal(run?.status, .waiting, "the status")
            try equal(run?.graphID, state.workflowID, "the graph")
            try equal(run?.claimEpoch, 1, "the epoch")
        },
        Promise("WQ033", "every claim of a run raises its epoch, those of other runs stay") { world in
            let queue = try world.eagerQueue()
            let first = try await world.claimed()
            _ = try await queue.nack(first.handle, error: "e")
            let second = try present(await queue.dequeue(workerID: "two"), "the job again")
            try equal(second.claimEpoch, 2, "the epoch of the second claim")
            try equal(second.job.attempt, 2, "the attempt")
            try equal(try await world.claimed().claimEpoch, 1, "the epoch of another run")
        },
        Promise("WQ034", "a job whose graph is not stored is given up with the reason and blocks nobody") {
            world in
            let lost = EnqueueRequest(runID: world.id(), graphID: UUID(), priority: -1)
            _ = try await world.queue().enqueue(lost)
            let good = try await world.enqueue()
            try equal(await world.queue().dequeue(workerID: "one")?.job.id, good.id, "the claimed job")
            let job = try present(await world.queue().getJob(id: lost.id), "the lost job")
            try equal(job.status, .deadLetter, "its status")
            try require(
                job.lastError?.contains(lost.graphID.uuidString.lowercased()) == true,
                "its error names the graph")
        },
        Promise("WQ035", "jobs are listed by status, page by page") { world in
            for _ in 0..<3 { _ = try await world.enqueue() }
            _ = try await world.queue().dequeue(workerID: "one")
            let queue = try world.queue()
            try equal(await queue.listJobs(status: .waiting, page: .first).count, 2, "waiting jobs")
            try equal(await queue.listJobs(status: .active, page: .first).count, 1, "active jobs")
            try equal(await queue.listJobs(status: nil, page: .first).count, 3, "all jobs")
            let first = try await queue.listJobs(status: nil, page: Page(limit: 2))
            let second = try await queue.listJobs(status: nil, page: Page(limit: 2, offset: 2))
            try equal(first.count, 2, "jobs of the first page")
            try equal(Set((first + second).map(\.id)).count, 3, "jobs of both pages")
        },
        Promise("WQ036", "the depth counts jobs by status and tells the oldest claimable one") { world in
            try equal(await world.queue().getQueueDepth(), QueueDepth(), "of an empty queue")
            let oldest = try await world.enqueue()
            _ = try await world.enqueue()
            let waiting = try await world.queue().getQueueDepth()
            try equal(waiting.waiting, 2, "waiting jobs")
            try equal(
                waiting.oldestClaimableAt, await world.queue().getJob(id: oldest.id)?.createdAt,
                "the oldest claimable job")
            let claim = try present(await world.queue().dequeue(workerID: "one"), "a job")
            try equal(await world.queue().getQueueDepth().active, 1, "active jobs")
            _ = try await world.queue().release(claim.handle)
            let depth = try await world.queue().getQueueDepth()
            try equal(depth.paused, 1, "paused jobs")
            try equal(depth.active, 0, "active jobs")
        },
        Promise("WQ037", "whoever waits is told when a job becomes claimable", needs: [.wakeUps]) { world in
            let queue = try world.queue()
            let wakeUps = try present(queue.wakeUps(), "the stream of wake-ups")
            let woken = Task { await wakeUps.first { _ in true } != nil }
            // The listener may need a moment to be ready: enqueue until it is told.
            for _ in 0..<200 {
                _ = try await world.enqueue()
                if await finished(woken, within: .milliseconds(50)) { break }
            }
            woken.cancel()
            try require(await woken.value, "a wake-up came")
        },
    ]

    /// Whether a task ends within a time.
    private static func finished(_ task: Task<Bool, Never>, within limit: Duration) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await task.value }
            group.addTask {
                try? await Task.sleep(for: limit)
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
    }
}

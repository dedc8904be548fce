import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension QueuePromises {
    static let leases: [Promise] = [
        Promise("WQ060", "a claim whose lease runs out comes back", needs: [.passingTime]) { world in
            let claim = try await world.claimed { $0.visibilityTimeout = .seconds(60) }
            try await world.pass(.seconds(50))
            try equal(await world.queue().reclaimExpired(), ReclaimReport(), "within the lease")
            try await world.pass(.seconds(20))
            try equal(await world.queue().reclaimExpired(), ReclaimReport(returned: 1), "after the lease")
            let job = try present(await world.queue().getJob(id: claim.job.id), "the job")
            try equal(job.status, .waiting, "the status")
            try equal(job.workerID, nil, "the worker")
            try equal(await world.queue().reclaimExpired(), ReclaimReport(), "the second sweep")
        },
        Promise("WQ061", "an expired claim counts as an attempt: a poisoned job ends", needs: [.passingTime])
        {
            world in
            let request = try await world.enqueue {
                $0.maxAttempts = 2
                $0.visibilityTimeout = .seconds(1)
            }
            for round in 1...2 {
                try equal(await world.queue().dequeue(workerID: "one")?.job.attempt, round, "the attempt")
                try await world.pass(.seconds(2))
                let report = try await world.queue().reclaimExpired()
                try equal(report.deadLettered, round - 1, "jobs given up in round \(round)")
            }
            let job = try present(await world.queue().getJob(id: request.id), "the job")
            try equal(job.status, .deadLetter, "the status")
            try require(job.lastError != nil, "it says why")
            try require(await world.queue().dequeue(workerID: "one") == nil, "nothing is claimable")
        },
        Promise("WQ062", "a heartbeat renews the lease by the job's own timeout", needs: [.passingTime]) {
            world in
            let claim = try await world.claimed { $0.visibilityTimeout = .seconds(60) }
            for _ in 0..<3 {
                try await world.pass(.seconds(50))
                try equal(await world.queue().heartbeat(claim.handle).outcome, .applied, "the outcome")
            }
            try equal(await world.queue().reclaimExpired(), ReclaimReport(), "the sweep")
            try await world.pass(.seconds(70))
            try equal(await world.queue().reclaimExpired().returned, 1, "the sweep after the lease")
        },
        Promise("WQ063", "a heartbeat may extend by another duration", needs: [.passingTime]) { world in
            let claim = try await world.claimed { $0.visibilityTimeout = .seconds(1) }
            _ = try await world.queue().heartbeat(claim.handle, extendBy: .seconds(600))
            try await world.pass(.seconds(500))
            try equal(await world.queue().reclaimExpired(), ReclaimReport(), "within the extension")
            try await world.pass(.seconds(200))
            try equal(await world.queue().reclaimExpired().returned, 1, "after it")
        },
        Promise("WQ064", "a heartbeat of an expired, not yet reclaimed claim saves it", needs: [.passingTime])
        {
            world in
            let claim = try await world.claimed { $0.visibilityTimeout = .seconds(1) }
            try await world.pass(.seconds(5))
            try equal(await world.queue().heartbeat(claim.handle).outcome, .applied, "the outcome")
            try equal(await world.queue().reclaimExpired(), ReclaimReport(), "the sweep")
        },
        Promise("WQ065", "a heartbeat of a reclaimed claim is told that it is lost", needs: [.passingTime]) {
            world in
            let claim = try await world.claimed { $0.visibilityTimeout = .seconds(1) }
            try await world.pass(.seconds(5))
            _ = try await world.queue().reclaimExpired()
            try require(
                await !world.queue().heartbeat(claim.handle).outcome.wasApplied, "it was not applied")
            _ = try await world.queue().dequeue(workerID: "two")
            try equal(await world.queue().heartbeat(claim.handle).outcome, .notOwned, "the outcome")
        },
        Promise("WQ066", "heartbeats of many jobs are one call with an outcome each") { world in
            let (first, second) = (try await world.claimed(), try await world.claimed())
            let beats = try await world.queue().heartbeat(
                [second.handle, JobHandle(jobID: UUID()), first.handle], extendBy: nil)
            try equal(beats.map(\.outcome), [.applied, .notFound, .applied], "the outcomes")
            try equal(beats[0].jobID, second.job.id, "the first job")
        },
        Promise("WQ067", "a heartbeat tells of a cancel request") { world in
            let claim = try await world.claimed()
            try require(await !world.queue().heartbeat(claim.handle).cancelRequested, "nobody asked")
            _ = try await world.persistence().requestCancel(runID: claim.job.runID)
            try require(await world.queue().heartbeat(claim.handle).cancelRequested, "somebody asked")
        },
        Promise("WQ068", "the sweep and the claim can be one call", needs: [.passingTime]) { world in
            let claim = try await world.claimed { $0.visibilityTimeout = .seconds(1) }
            try await world.pass(.seconds(5))
            let (jobs, report) = try await world.queue().reclaimAndDequeue(workerID: "two", limit: 5)
            try equal(jobs.map(\.job.id), [claim.job.id], "the claimed jobs")
            try equal(report, ReclaimReport(returned: 1), "the report")
            try equal(jobs.first?.job.attempt, 2, "the attempt")
        },
        Promise("WQ069", "sweeps at once return each expired job once", needs: [.passingTime]) { world in
            for _ in 0..<10 { _ = try await world.enqueue { $0.visibilityTimeout = .seconds(1) } }
            _ = try await world.queue().dequeue(workerID: "one", limit: 10)
            try await world.pass(.seconds(5))
            let reports = try await world.atOnce(4) { _ in try await world.queue().reclaimExpired() }
            try equal(reports.reduce(0) { $0 + $1.returned }, 10, "returned jobs")
        },
    ]

    static let deadLetters: [Promise] = [
        Promise("WQ070", "the last failed attempt gives the job up with its error") { world in
            let queue = try world.eagerQueue()
            let request = try await world.enqueue { $0.maxAttempts = 2 }
            let first = try present(await queue.dequeue(workerID: "one"), "the job")
            try equal(await queue.nack(first.handle, error: "first"), .applied, "the first outcome")
            let second = try present(await queue.dequeue(workerID: "two"), "the job again")
            try equal(await queue.nack(second.handle, error: "second"), .deadLettered, "the last outcome")
            let job = try present(await queue.getJob(id: request.id), "the job")
            try equal(job.status, .deadLetter, "the status")
            try equal(job.lastError, "second", "the error")
            try equal(job.attemptHistory.map(\.workerID), ["one", "two"], "the workers")
            try equal(await queue.getQueueDepth().deadLetter, 1, "given up jobs")
        },
        Promise("WQ071", "a job can be given up at once, with a reason") { world in
            let claim = try await world.claimed()
            try equal(
                await world.queue().deadLetter(claim.handle, reason: "no"), .deadLettered, "the outcome")
            let job = try present(await world.queue().getJob(id: claim.job.id), "the job")
            try equal(job.status, .deadLetter, "the status")
            try equal(job.lastError, "no", "the reason")
        },
        Promise("WQ072", "a job that was given up can be tried again from its first attempt") { world in
            let claim = try await world.claimed()
            _ = try await world.queue().deadLetter(claim.handle, reason: "no")
            try equal(await world.queue().retryDeadLetter(jobID: claim.job.id), .applied, "the outcome")
            let again = try present(await world.queue().dequeue(workerID: "two"), "the job")
            try equal(again.job.id, claim.job.id, "the job")
            try equal(again.job.attempt, 1, "the attempt")
        },
        Promise("WQ073", "a job that was not given up cannot be retried") { world in
            let claim = try await world.claimed()
            try equal(await world.queue().retryDeadLetter(jobID: claim.job.id), .wrongStatus, "active")
            _ = try await world.queue().ack(claim.handle)
            try equal(await world.queue().retryDeadLetter(jobID: claim.job.id), .wrongStatus, "completed")
        },
        Promise("WQ074", "a given up job is not claimable") { world in
            let claim = try await world.claimed()
            _ = try await world.queue().deadLetter(claim.handle, reason: "no")
            try require(await world.queue().dequeue(workerID: "one") == nil, "nothing is claimable")
            try equal(await world.queue().reclaimExpired(), ReclaimReport(), "the sweep")
        },
    ]

    static let workers: [Promise] = [
        Promise(
            "WQ090", "a worker that registers is listed, and its heartbeats are seen", needs: [.passingTime]
        ) {
            world in
            let queue = try world.queue()
            try await queue.registerWorker(
                WorkerRecord(id: "one", host: "host", processID: 7, version: "1", concurrency: 2))
            let claim = try await world.claimed()
            try await world.pass(.seconds(5))
            _ = try await queue.heartbeat(claim.handle)
            let worker = try present(await queue.listWorkers(limit: 9).first, "the worker")
            try equal(worker.id, "one", "the id")
            try equal(worker.host, "host", "the host")
            try equal(worker.processID, 7, "the process")
            try equal(worker.concurrency, 2, "the concurrency")
            try equal(worker.stoppedAt, nil, "stopped_at")
            try require(
                try present(worker.lastSeenAt, "last_seen_at") > present(worker.startedAt, "started_at"),
                "it was seen after its start")
        },
        Promise("WQ091", "a worker that unregisters is listed as stopped") { world in
            let queue = try world.queue()
            try await queue.registerWorker(
                WorkerRecord(id: "one", host: "host", processID: 7, version: "1", concurrency: 2))
            try await queue.unregisterWorker(id: "one")
            try require(await queue.listWorkers(limit: 9).first?.stoppedAt != nil, "it has stopped")
            try await queue.unregisterWorker(id: "nobody")
        },
        Promise("WQ092", "a worker that registers again is one worker, running") { world in
            let queue = try world.queue()
            let record = WorkerRecord(id: "one", host: "host", processID: 7, version: "1", concurrency: 2)
            try await queue.registerWorker(record)
            try await queue.unregisterWorker(id: "one")
            try await queue.registerWorker(record)
            let workers = try await queue.listWorkers(limit: 9)
            try equal(workers.count, 1, "workers")
            try equal(workers.first?.stoppedAt, nil, "stopped_at")
        },
        Promise("WQ093", "no more workers are listed than asked for") { world in
            let queue = try world.queue()
            for id in ["one", "two", "three"] {
                try await queue.registerWorker(
                    WorkerRecord(id: id, host: "host", processID: 7, version: "1", concurrency: 2))
            }
            try equal(await queue.listWorkers(limit: 2).count, 2, "workers")
        },
    ]
}

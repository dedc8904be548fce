import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension QueuePromises {
    static let ending: [Promise] = [
        Promise("WQ040", "ack completes the job and frees it of its worker") { world in
            let claim = try await world.claimed()
            try equal(await world.queue().ack(claim.handle), .applied, "the outcome")
            let job = try present(await world.queue().getJob(id: claim.job.id), "the job")
            try equal(job.status, .completed, "the status")
            try equal(job.workerID, nil, "the worker")
            try equal(job.visibleAt, nil, "visible_at")
        },
        Promise("WQ041", "only the worker that holds a job can end it") { world in
            let claim = try await world.claimed()
            let queue = try world.queue()
            let stranger = JobHandle(jobID: claim.job.id, workerID: "two")
            try equal(await queue.ack(stranger), .notOwned, "ack")
            try equal(await queue.nack(stranger, error: "e"), .notOwned, "nack")
            try equal(await queue.release(stranger), .notOwned, "release")
            try equal(await queue.requeue(stranger), .notOwned, "requeue")
            try equal(await queue.deadLetter(stranger, reason: "r"), .notOwned, "dead letter")
            try equal(await queue.heartbeat(stranger).outcome, .notOwned, "heartbeat")
            try equal(await queue.getJob(id: claim.job.id)?.status, .active, "the status")
            try equal(await queue.ack(claim.handle), .applied, "ack of the owner")
        },
        Promise("WQ042", "an earlier attempt of the same worker cannot end it either") { world in
            let queue = try world.eagerQueue()
            let first = try await world.claimed()
            _ = try await queue.nack(first.handle, error: "e")
            let second = try present(await queue.dequeue(workerID: "one"), "the job again")
            try equal(await queue.ack(first.handle), .notOwned, "ack of the first attempt")
            try equal(await queue.heartbeat(first.handle).outcome, .notOwned, "its heartbeat")
            try equal(await queue.ack(second.handle), .applied, "ack of the second attempt")
        },
        Promise("WQ043", "an unknown job is not found") { world in
            let queue = try world.queue()
            let unknown = JobHandle(jobID: UUID())
            try equal(await queue.ack(unknown), .notFound, "ack")
            try equal(await queue.nack(unknown, error: "e"), .notFound, "nack")
            try equal(await queue.release(unknown), .notFound, "release")
            try equal(await queue.requeue(unknown), .notFound, "requeue")
            try equal(await queue.deadLetter(unknown, reason: "r"), .notFound, "dead letter")
            try equal(await queue.heartbeat(unknown).outcome, .notFound, "heartbeat")
            try equal(await queue.retryDeadLetter(jobID: UUID()), .notFound, "retry")
        },
        Promise("WQ044", "a job that waits cannot be ended") { world in
            let request = try await world.enqueue()
            let handle = JobHandle(jobID: request.id)
            let queue = try world.queue()
            try equal(await queue.ack(handle), .wrongStatus, "ack")
            try equal(await queue.nack(handle, error: "e"), .wrongStatus, "nack")
            try equal(await queue.heartbeat(handle).outcome, .wrongStatus, "heartbeat")
            try equal(await queue.getJob(id: request.id)?.status, .waiting, "the status")
        },
        Promise("WQ045", "nack after ack leaves the job completed") { world in
            let claim = try await world.claimed()
            _ = try await world.queue().ack(claim.handle)
            try equal(await world.queue().nack(claim.handle, error: "late"), .wrongStatus, "the outcome")
            try equal(await world.queue().getJob(id: claim.job.id)?.status, .completed, "the status")
        },
        Promise("WQ046", "a batch of acks tells the outcome of each, in order") { world in
            let (first, second) = (try await world.claimed(), try await world.claimed())
            let unknown = JobHandle(jobID: UUID())
            try equal(
                await world.queue().ack([unknown, second.handle, first.handle, first.handle]),
                [.notFound, .applied, .applied, .wrongStatus], "the outcomes")
            try equal(await world.queue().ack([JobHandle]()).count, 0, "outcomes of nothing")
        },
        Promise("WQ047", "nack notes the error and lets the job wait for another attempt") { world in
            let claim = try await world.claimed()
            try equal(await world.queue().nack(claim.handle, error: "first"), .applied, "the outcome")
            let job = try present(await world.queue().getJob(id: claim.job.id), "the job")
            try equal(job.status, .waiting, "the status")
            try equal(job.lastError, "first", "the error")
            try equal(job.workerID, nil, "the worker")
            try equal(job.attempt, 1, "the attempt")
            try equal(job.attemptHistory.map(\.error), ["first"], "the errors of its attempts")
        },
        Promise("WQ048", "a back-off doubles up to its limit", needs: [.passingTime]) { world in
            let queue = try world.queue(
                QueueOptions(retryBackoff: RetryBackoff(base: .seconds(100), limit: .seconds(300))))
            let request = try await world.enqueue { $0.maxAttempts = 9 }
            for wait in [100, 200, 300, 300] {
                let claim = try present(await queue.dequeue(workerID: "one"), "the job")
                try equal(claim.job.id, request.id, "the job")
                _ = try await queue.nack(claim.handle, error: "e")
                try require(await queue.dequeue(workerID: "one") == nil, "the job backs off")
                try await world.pass(.seconds(wait - 10))
                try require(await queue.dequeue(workerID: "one") == nil, "the job backs off \(wait) seconds")
                try await world.pass(.seconds(20))
            }
            try require(await queue.dequeue(workerID: "one") != nil, "the job is claimable")
        },
        Promise("WQ049", "without a base there is no back-off") { world in
            let queue = try world.eagerQueue()
            let claim = try await world.claimed()
            _ = try await queue.nack(claim.handle, error: "e")
            try equal(await queue.dequeue(workerID: "one")?.job.id, claim.job.id, "the claimed job")
        },
        Promise("WQ050", "a released job is paused, unclaimable, and its attempt counts") { world in
            let claim = try await world.claimed()
            try equal(await world.queue().release(claim.handle), .applied, "the outcome")
            let job = try present(await world.queue().getJob(id: claim.job.id), "the job")
            try equal(job.status, .paused, "the status")
            try equal(job.workerID, nil, "the worker")
            try equal(job.attempt, 1, "the attempt")
            try require(await world.queue().dequeue(workerID: "one") == nil, "nothing is claimable")
            try equal(await world.queue().reclaimExpired(), ReclaimReport(), "what the sweep finds")
        },
        Promise("WQ051", "a released job with a deadline is claimable after it", needs: [.passingTime]) {
            world in
            let claim = try await world.claimed()
            let beat = try present(claim.job.lastHeartbeatAt, "the database's time")
            _ = try await world.queue().release(claim.handle, deadline: beat.addingTimeInterval(600))
            try equal(await world.queue().reclaimExpired(), ReclaimReport(), "before the deadline")
            try await world.pass(.seconds(700))
            try equal(await world.queue().reclaimExpired(), ReclaimReport(dueDeadlines: 1), "after it")
            try equal(await world.queue().dequeue(workerID: "one")?.job.id, claim.job.id, "the job")
        },
        Promise("WQ052", "a requeued job is claimable at once and its attempt does not count") { world in
            let claim = try await world.claimed()
            try equal(await world.queue().requeue(claim.handle), .applied, "the outcome")
            let again = try present(await world.queue().dequeue(workerID: "two"), "the job")
            try equal(again.job.id, claim.job.id, "the job")
            try equal(again.job.attempt, 1, "the attempt")
            try equal(again.claimEpoch, 2, "the epoch")
        },
    ]
}

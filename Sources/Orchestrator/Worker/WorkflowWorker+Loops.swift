import FoundationEssentials
import StoreContracts

extension WorkflowWorker {
    /// The worker's whole life.
    func work() async {
        let record = WorkerRecord(
            id: id, host: options.host, processID: options.processID, version: options.version,
            concurrency: options.concurrency)
        do {
            try await queue.registerWorker(record)
        } catch {
            emit(.queueError(error.description))
        }
        emit(.workerStarted)
        let heartbeats = Task { await self.renewClaims() }
        let hints = queue.wakeUps().map { hints in
            Task { for await _ in hints { self.signal.raise() } }
        }
        await claimJobs()
        hints?.cancel()
        await heartbeats.value
    }

    /// Claims jobs into free slots until the worker stops.
    private func claimJobs() async {
        var nextReclaim = clock.now()
        while ledger.phase == .running {
            let free = max(1, options.concurrency) - ledger.count
            let now = clock.now()
            // An expired claim must not wait for the poll after the next.
            let isReclaimDue =
                now.addingTimeInterval(
                    free > 0 ? options.pollInterval / .seconds(1) : 0) > nextReclaim
            let claimed = await claim(free: free, reclaims: isReclaimDue)
            if isReclaimDue { nextReclaim = now.addingTimeInterval(options.reclaimInterval / .seconds(1)) }
            for job in claimed { begin(job) }
            guard ledger.phase == .running else { return }
            // More may wait when every slot was filled; the loop looks again as soon as one is free.
            let untilReclaim = max(.zero, Duration.seconds(nextReclaim.timeIntervalSince(clock.now())))
            let isFull = ledger.count >= max(1, options.concurrency)
            await signal.wait(
                atMost: isFull
                    ? untilReclaim : min(jittered(options.pollInterval), max(untilReclaim, .milliseconds(1))),
                clock: clock)
        }
    }

    private func jittered(_ interval: Duration) -> Duration {
        interval * (0.9 + 0.2 * options.runner.random())
    }

    private func claim(free: Int, reclaims: Bool) async -> [ClaimedJob] {
        do {
            if reclaims, free > 0 {
                let (jobs, report) = try await queue.reclaimAndDequeue(workerID: id, limit: free)
                if report.total > 0 { emit(.reclaimed(report)) }
                return jobs
            }
            if reclaims {
                let report = try await queue.reclaimExpired()
                if report.total > 0 { emit(.reclaimed(report)) }
            }
            guard free > 0 else { return [] }
            return try await queue.dequeue(workerID: id, limit: free)
        } catch {
            emit(.queueError(error.description))
            return []
        }
    }

    private func begin(_ claimed: ClaimedJob) {
        ledger.add(claimed, at: clock.now())
        emit(.jobClaimed(epoch: claimed.claimEpoch, attempt: claimed.job.attempt), claimed.job)
        heartbeatSignal.raise()
        Task {
            await self.process(claimed)
            self.ledger.remove(claimed.job.id)
            self.signal.raise()
            self.drainSignal.raise()
        }
    }

    /// Renews the claims of all jobs, in one call, until the worker has stopped.
    private func renewClaims() async {
        while ledger.phase != .stopped {
            guard let interval = heartbeatInterval else {
                await heartbeatSignal.wait(atMost: nil, clock: clock)
                continue
            }
            let due = clock.now().addingTimeInterval(interval / .seconds(1))
            while ledger.phase != .stopped, clock.now() < due, let shortest = heartbeatInterval {
                let left = Duration.seconds(due.timeIntervalSince(clock.now()))
                await heartbeatSignal.wait(atMost: max(.milliseconds(1), min(left, shortest)), clock: clock)
                if shortest < interval { break }
            }
            await beat()
        }
    }

    /// A third of the shortest claim time, or what the options say if that is less; nil without jobs.
    private var heartbeatInterval: Duration? {
        guard let shortest = ledger.jobs.map(\.claimed.job.visibilityTimeout).min() else { return nil }
        return min(options.heartbeatInterval ?? shortest / 3, shortest / 3)
    }

    private func beat() async {
        let jobs = ledger.jobs.filter { $0.abandonment == nil }
        guard !jobs.isEmpty else { return }
        let now = clock.now()
        do {
            let outcomes = try await queue.heartbeat(jobs.map(\.claimed.handle), extendBy: nil)
            for outcome in outcomes {
                if outcome.outcome == .applied {
                    ledger.renew(outcome.jobID, at: now, cancelRequested: outcome.cancelRequested)
                } else {
                    // A job that was settled meanwhile is not lost: then its execution is over anyway.
                    _ = ledger.abandon(outcome.jobID, .claimLost)
                }
            }
        } catch {
            emit(.queueError(error.description))
            for job in jobs {
                let age = Duration.seconds(clock.now().timeIntervalSince(job.renewedAt))
                if age >= job.claimed.job.visibilityTimeout {
                    _ = ledger.abandon(job.claimed.job.id, .claimLost)
                }
            }
        }
    }
}

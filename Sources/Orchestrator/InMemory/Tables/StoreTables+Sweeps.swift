import FoundationEssentials
import StoreContracts

extension StoreTables {
    mutating func nack(
        _ handle: JobHandle, error: String, options: QueueOptions, now: Date
    ) -> JobOutcome {
        var isDead = false
        let outcome = apply(handle) { job in
            isDead = job.attempt >= job.maxAttempts
            let wait = options.retryBackoff.delay(afterAttempt: job.attempt)
            job.leaveClaim(
                isDead ? .deadLetter : .waiting,
                visibleAt: isDead || wait <= .zero ? nil : now.adding(wait), error: error, now: now)
        }
        return outcome == .applied && isDead ? .deadLettered : outcome
    }

    mutating func retryDeadLetter(_ id: UUID) -> JobOutcome {
        guard var job = jobs[id] else { return .notFound }
        guard job.status == .deadLetter else { return .wrongStatus }
        job.status = .waiting
        job.attempt = 0
        job.visibleAt = nil
        jobs.store(job)
        hasNews = true
        return .applied
    }

    mutating func reclaimExpired(now: Date) -> ReclaimReport {
        var report = ReclaimReport()
        for var job in jobs.all.values {
            switch job.status {
            case .active where job.visibleAt.map({ $0 <= now }) ?? true:
                let isDead = job.attempt >= job.maxAttempts
                let reason = "the claim of attempt \(job.attempt) expired"
                let kept = job.lastError
                job.leaveClaim(isDead ? .deadLetter : .waiting, visibleAt: nil, error: reason, now: now)
                if !isDead { job.lastError = kept }
                if isDead { report.deadLettered += 1 } else { report.returned += 1 }
            case .paused where job.visibleAt.map({ $0 <= now }) ?? false:
                job.status = .waiting
                job.visibleAt = nil
                report.dueDeadlines += 1
            default: continue
            }
            jobs.store(job)
        }
        if report.total > 0 { hasNews = true }
        return report
    }

    func depth(now: Date) -> QueueDepth {
        var depth = QueueDepth()
        for job in jobs.all.values {
            switch job.status {
            case .waiting:
                depth.waiting += 1
                if job.visibleAt.map({ $0 <= now }) ?? true {
                    depth.oldestClaimableAt = min(depth.oldestClaimableAt ?? job.createdAt, job.createdAt)
                }
            case .active: depth.active += 1
            case .paused: depth.paused += 1
            case .deadLetter: depth.deadLetter += 1
            case .completed, .failed: break
            }
        }
        return depth
    }
}

public import FoundationEssentials
public import Orchestrator
internal import PostgresWire
public import StoreContracts

extension PostgresWorkflowQueue {
    /// How many transactions one claim makes at most, when others keep taking what it picked.
    private static let maximumRounds = 20

    /// Claims up to `limit` jobs: lowest priority number first, then oldest, then lowest id.
    ///
    /// Locks: the jobs, FOR NO KEY UPDATE SKIP LOCKED; then the rows of their runs, which waits for commits of these
    /// runs. One round trip; another one for as long as picked jobs turn out to be unclaimable.
    public func dequeue(workerID: String, limit: Int) async throws(StoreError) -> [ClaimedJob] {
        try await claim(workerID, limit, reclaims: false).jobs
    }

    /// Takes expired claims back and wakes due jobs, as `reclaimExpired()`, then claims, as `dequeue(workerID:limit:)`.
    ///
    /// Both happen in one transaction and one round trip; another one if more has become claimable than was claimed.
    public func reclaimAndDequeue(
        workerID: String, limit: Int
    ) async throws(StoreError) -> (jobs: [ClaimedJob], report: ReclaimReport) {
        guard limit > 0 else { return ([], try await reclaimExpired()) }
        let result = try await claim(workerID, limit, reclaims: true)
        if result.report.returned + result.report.dueDeadlines > result.jobs.count {
            // A hint: those who poll find the rest without it, and what is claimed is not lost to its failure.
            _ = try? await plane.write([JobSQL.notify(plane.names)])
        }
        return result
    }

    /// What one claim has got so far.
    private struct Haul {
        var jobs: [ClaimedJob] = []
        var report = ReclaimReport()
    }

    private func claim(
        _ workerID: String, _ limit: Int, reclaims: Bool
    ) async throws(StoreError) -> (jobs: [ClaimedJob], report: ReclaimReport) {
        var haul = Haul()
        for round in 0..<Self.maximumRounds where haul.jobs.count < limit {
            do throws(StoreError) {
                let isAll = try await claim(workerID, limit, reclaims: reclaims && round == 0, &haul)
                if isAll { return (haul.jobs, haul.report) }
            } catch {
                // What is claimed must be worked on; an error that lasts comes again with the next claim.
                if haul.jobs.isEmpty { throw error }
                return (haul.jobs, haul.report)
            }
        }
        return (haul.jobs, haul.report)
    }

    /// Makes one transaction of a claim; true if nothing more is to be had.
    private func claim(
        _ workerID: String, _ limit: Int, reclaims: Bool, _ haul: inout Haul
    ) async throws(StoreError) -> Bool {
        let reclaim = reclaims ? [JobSQL.reclaim(plane.names)] : []
        var results = try await plane.write(
            reclaim
                + ClaimSQL.statements(
                    workerID: workerID, limit: limit - haul.jobs.count, options: options, plane.names))
        if reclaims { haul.report = try Self.report(results.removeFirst()) }
        let picked = try results[0].firstCell(Int.self, in: "workflow_jobs") ?? 0
        let unreadable = try collect(results[3], workerID, into: &haul.jobs)
        if !unreadable.isEmpty { try await giveUp(unreadable, workerID) }
        return results[3].count == picked && unreadable.isEmpty
    }

    private static func report(_ rows: PostgresRows) throws(StoreError) -> ReclaimReport {
        guard let row = try rows.stored((Int, Int, Int).self, in: "workflow_jobs").first else {
            return ReclaimReport()
        }
        return ReclaimReport(returned: row.0, deadLettered: row.1, dueDeadlines: row.2)
    }

    /// Takes the claimed jobs out of the rows; returns those that cannot be read, and why.
    private func collect(
        _ rows: PostgresRows, _ workerID: String, into claimed: inout [ClaimedJob]
    ) throws(StoreError) -> [(id: UUID, error: StoreError)] {
        var unreadable: [(id: UUID, error: StoreError)] = []
        for row in rows {
            do {
                let (job, epoch) = try WorkflowJob.read(row)
                claimed.append(ClaimedJob(job: job, claimEpoch: epoch ?? 0, workerID: workerID))
            } catch {
                guard let id = WorkflowJob.id(of: row) else { throw error }
                unreadable.append((id, error))
            }
        }
        return unreadable
    }

    /// Gives up jobs that this worker has just claimed and cannot read: they would fail every claim that takes them.
    private func giveUp(
        _ jobs: [(id: UUID, error: StoreError)], _ workerID: String
    ) async throws(StoreError) {
        for job in jobs {
            _ = try await deadLetter(
                JobHandle(jobID: job.id, workerID: workerID), reason: job.error.description)
        }
    }

    /// Renews claims to now + `extension`, or + each job's own timeout; the results are in the order of the handles.
    ///
    /// Locks: the rows of the jobs.
    public func heartbeat(
        _ handles: [JobHandle], extendBy extension: Duration?
    ) async throws(StoreError) -> [HeartbeatOutcome] {
        guard !handles.isEmpty else { return [] }
        let workers = Array(Set(handles.compactMap(\.workerID)))
        let outcomes = try await change(
            handles, .renew(milliseconds: `extension`?.milliseconds),
            and: [WorkerSQL.see(workers, plane.names)])
        return zip(handles, outcomes).map { handle, outcome in
            HeartbeatOutcome(jobID: handle.jobID, outcome: outcome.0, cancelRequested: outcome.1)
        }
    }

    /// Marks active jobs as completed; the results are in the order of the handles.
    ///
    /// Locks: the rows of the jobs.
    public func ack(_ handles: [JobHandle]) async throws(StoreError) -> [JobOutcome] {
        guard !handles.isEmpty else { return [] }
        var seen: Set<UUID> = []
        return zip(handles, try await change(handles, .complete)).map { handle, outcome in
            // The first of several handles of one job has completed it.
            let isFirst = !outcome.0.wasApplied || seen.insert(handle.jobID).inserted
            return isFirst ? outcome.0 : .wrongStatus
        }
    }

    /// Records a failed attempt of an active job: it waits again after the back-off, or is given up (`deadLettered`).
    ///
    /// Locks: the job's row.
    public func nack(_ handle: JobHandle, error: String) async throws(StoreError) -> JobOutcome {
        try await end(handle, .fail(error: error, backoff: options.retryBackoff))
    }

    /// Gives an active job up at once, with a reason.
    ///
    /// Locks: the job's row.
    public func deadLetter(_ handle: JobHandle, reason: String) async throws(StoreError) -> JobOutcome {
        try await end(handle, .giveUp(reason: reason))
    }

    /// Pauses an active job, since its run waits; with `deadline`, the sweep makes it claimable again then.
    ///
    /// Locks: the job's row.
    public func release(_ handle: JobHandle, deadline: Date?) async throws(StoreError) -> JobOutcome {
        try await end(handle, .pause(deadline: deadline))
    }

    /// Hands an active job back, claimable at once; the attempt does not count.
    ///
    /// Locks: the job's row.
    public func requeue(_ handle: JobHandle) async throws(StoreError) -> JobOutcome {
        try await end(handle, .handBack)
    }

    /// Puts a job that was given up back: waiting, attempts at 0, `last_error` kept.
    ///
    /// Locks: the job's row.
    ///
    /// - Throws: `alreadyExists` if an unfinished job has its job key by now.
    public func retryDeadLetter(jobID: UUID) async throws(StoreError) -> JobOutcome {
        let results = try await plane.write([
            JobSQL.retryDeadLetter(jobID, plane.names), JobSQL.notify(plane.names),
        ])
        let rows = try results[0].stored((Bool, Bool).self, in: "workflow_jobs")
        guard let (isChanged, exists) = rows.first, exists else { return .notFound }
        return isChanged ? .applied : .wrongStatus
    }

    /// Takes expired claims back (they count as failed attempts, without back-off) and wakes due paused jobs.
    ///
    /// Locks: the rows of these jobs, passing over locked ones.
    public func reclaimExpired() async throws(StoreError) -> ReclaimReport {
        let report = try Self.report(try await plane.write([JobSQL.reclaim(plane.names)])[0])
        if report.returned + report.dueDeadlines > 0 {
            _ = try await plane.write([JobSQL.notify(plane.names)])
        }
        return report
    }

    private func end(_ handle: JobHandle, _ change: JobChange) async throws(StoreError) -> JobOutcome {
        try await self.change([handle], change)[0].0
    }

    private func change(
        _ handles: [JobHandle], _ change: JobChange, and others: [PostgresQuery] = []
    ) async throws(StoreError) -> [(JobOutcome, Bool)] {
        var queries = [JobSQL.change(handles, change, plane.names)] + others
        if change.makesClaimable { queries.append(JobSQL.notify(plane.names)) }
        let rows = try await plane.write(queries)[0].stored((String, Bool).self, in: "workflow_jobs")
        guard rows.count == handles.count else {
            throw StoreError(.other, effect: .unknown, cause: "the server answered for other jobs")
        }
        return rows.map { (JobOutcome(rawValue: $0.0) ?? .notOwned, $0.1) }
    }
}

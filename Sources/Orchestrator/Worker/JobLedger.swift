import FoundationEssentials
import Locking

/// The jobs that a worker holds, and whether it is stopping.
final class JobLedger: Sendable {
    /// How far the worker is with stopping.
    enum Phase: Int, Sendable {
        case idle, running, draining, stopped
    }

    private struct State {
        var phase = Phase.idle
        var jobs: [UUID: HeldJob] = [:]
    }

    private let state = Lock(State())

    var phase: Phase { state.withLock { $0.phase } }
    var count: Int { state.withLock { $0.jobs.count } }
    var jobs: [HeldJob] { state.withLock { Array($0.jobs.values) } }

    /// Moves from one phase to the next; false if the worker is in another one.
    func move(from: Phase, to next: Phase) -> Bool {
        state.withLock { state in
            guard state.phase == from else { return false }
            state.phase = next
            return true
        }
    }

    func add(_ claimed: ClaimedJob, at now: Date) {
        state.withLock { $0.jobs[claimed.job.id] = HeldJob(claimed: claimed, renewedAt: now) }
    }

    /// Removes a job when its execution is over.
    func remove(_ id: UUID) {
        state.withLock { $0.jobs[id] = nil }
    }

    func abandonment(of id: UUID) -> HeldJob.Abandonment? {
        state.withLock { $0.jobs[id]?.abandonment }
    }

    /// Registers a job's runner and passes on what was asked of it before.
    func attach(_ runner: GraphRunner, to id: UUID) {
        let (phase, job) = state.withLock { state in
            state.jobs[id]?.runner = runner
            return (state.phase, state.jobs[id])
        }
        if phase != .running { runner.shutdown() }
        if job?.isCancelRequested == true { runner.cancel() }
        if job?.abandonment != nil { runner.abandon() }
    }

    /// Notes that claims were renewed.
    func renew(_ id: UUID, at now: Date, cancelRequested: Bool) {
        let runner = state.withLock { state in
            state.jobs[id]?.renewedAt = now
            guard cancelRequested else { return nil as GraphRunner? }
            state.jobs[id]?.isCancelRequested = true
            return state.jobs[id]?.runner
        }
        runner?.cancel()
    }

    /// Gives the execution of a job up; false if that was done before, or the job is not held.
    func abandon(_ id: UUID, _ reason: HeldJob.Abandonment) -> Bool {
        let (isNew, runner) = state.withLock { state in
            guard let job = state.jobs[id], job.abandonment == nil else {
                return (false, nil as GraphRunner?)
            }
            state.jobs[id]?.abandonment = reason
            return (true, job.runner)
        }
        runner?.abandon()
        return isNew
    }
}

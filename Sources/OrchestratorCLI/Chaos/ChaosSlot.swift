#if CLI
/// A place for a worker process, which is filled again whenever the process has died.
struct ChaosSlot {
    var worker: WorkerProcess
    var plan: KillPlan?
    /// What the table calls the death that is to come, if not by the plan.
    var label: String?
    let startedAt = ContinuousClock.now
    /// When a worker that was stopped goes on.
    var frozenUntil: ContinuousClock.Instant?
}
#endif

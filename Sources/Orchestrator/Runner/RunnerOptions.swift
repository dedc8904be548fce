public import StoreContracts

/// How a runner works.
public struct RunnerOptions: Sendable {
    /// The fence of a claimed run; nil writes unfenced.
    public var claim: RunClaim?
    /// The job that the run is executed for; the last commit settles it.
    public var job: JobHandle?
    /// The worker, for the audit in the log.
    public var workerID: String?
    /// How many events may pass between two compactions of the log; 0: never.
    public var compactionInterval = 1000
    /// How many checkpoints a compaction keeps, at least 1.
    public var retainedCheckpoints = 3
    /// Whether a node without an edge that leads on completes the run.
    public var allowImplicitCompletion = false
    /// How many failures of the store in a row end the execution, at least 1.
    public var commitRetryLimit = 3
    /// What a model costs in US dollars, where a handler does not say: model, tokens sent, tokens received.
    public var pricing: @Sendable (String, Int, Int) -> Double = { _, _, _ in 0 }
    /// Bounds of the state; the same for everything that folds this run.
    public var limits = RuntimeLimits.standard
    /// Where time comes from.
    public var clock: any StoreClock = SystemClock()
    /// Where ids come from.
    public var ids: any IDSource = TimeOrderedIDs()
    /// A number in [0, 1) for the jitter of waits.
    public var random: @Sendable () -> Double = { Double.random(in: 0..<1) }
    /// Hooks around the steps, in order.
    public var middleware: [RunMiddleware] = []
    /// How many of the newest snapshots a run keeps, pruned at every so many commits; nil: all.
    public var retainedSnapshots: Int? = 10
    /// Is told what happens, on the runner's task: return soon.
    public var observer: (@Sendable (RunEvent) -> Void)?
    /// Whether a log of an unknown replay version is folded all the same.
    public var allowsUnknownReplayVersion = false

    /// The defaults.
    public init() {}

    /// These options for a store that leaves jobs alone.
    var withoutJob: RunnerOptions {
        var copy = self
        copy.job = nil
        return copy
    }
}

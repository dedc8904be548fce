public import FoundationEssentials
import StoreContracts

/// How a worker works.
public struct WorkerOptions: Sendable {
    /// The id under which the worker claims; unique among all workers.
    public var workerID: String
    /// How many jobs run at once, at least 1.
    public var concurrency = 1
    /// How long an idle worker waits between two claims, ±10 %.
    public var pollInterval = Duration.seconds(2)
    /// How often claims are renewed; nil: at a third of the shortest claim time among the jobs held.
    ///
    /// A longer interval than that third is shortened to it.
    public var heartbeatInterval: Duration?
    /// How often expired claims of all workers are taken back.
    public var reclaimInterval = Duration.seconds(3)
    /// How long `stop()` waits for the jobs' present steps.
    public var shutdownGracePeriod = Duration.seconds(30)
    /// Graphs that need not be loaded; others come from the store.
    public var graphs: [UUID: WorkflowGraph] = [:]
    /// How runs are executed; claim, job and worker are set per job.
    public var runner = RunnerOptions()
    /// The machine, for the list of workers.
    public var host = "unknown"
    /// The process, for the list of workers.
    public var processID = 0
    /// The program's version, for the list of workers.
    public var version = "unknown"

    /// The defaults, with an id that is random unless given.
    public init(workerID: String = UUID().uuidString.lowercased()) {
        self.workerID = workerID
    }
}

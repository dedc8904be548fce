import FoundationEssentials
import StoreContracts

/// Claims jobs and executes their runs until it is stopped.
///
/// Any number of workers, in any number of processes, share one queue. A worker renews its claims at a third of their
/// time, in one call for all its jobs; when it dies, others take its runs over after at most the claim time and the
/// reclaim interval. Everything it writes about a run is fenced by the claim, by itself.
///
/// An idle worker makes one call per poll interval: the claim, which also takes expired claims back when that is due.
public final class WorkflowWorker: Sendable {
    /// The id under which the worker claims.
    public var id: String { options.workerID }
    let backend: any WorkflowBackend
    let queue: any WorkflowQueue
    let handlers: HandlerRegistry
    let options: WorkerOptions
    let ledger = JobLedger()
    let graphs = GraphCache()
    let hub = EventHub<WorkerEvent>()
    let runHub = EventHub<RunEvent>()
    /// Wakes the loop that claims.
    let signal = WakeSignal()
    /// Wakes the loop that renews.
    let heartbeatSignal = WakeSignal()
    /// Wakes whoever waits for the jobs to end.
    let drainSignal = WakeSignal()
    private let end = Latch()

    /// Creates a worker.
    ///
    /// - Parameters:
    ///   - backend: The store.
    ///   - handlers: The handlers of all graphs that this worker executes.
    ///   - options: How to work.
    public init(
        backend: any WorkflowBackend, handlers: HandlerRegistry, options: WorkerOptions = WorkerOptions()
    ) {
        self.backend = backend
        self.handlers = handlers
        self.options = options
        queue = backend.queue
    }

    /// What happens to this worker and its jobs, from now on; a reader that lags far behind loses the oldest.
    public var events: AsyncStream<WorkerEvent> { hub.stream() }

    /// What happens to the runs in this worker, from now on; a reader that lags far behind loses the oldest.
    public var runEvents: AsyncStream<RunEvent> { runHub.stream() }

    /// How many jobs the worker holds.
    public var heldJobCount: Int { ledger.count }

    /// Whether the worker is stopping or has stopped.
    public var isStopping: Bool { ledger.phase == .draining || ledger.phase == .stopped }

    var clock: any StoreClock { options.runner.clock }

    /// Starts the worker in the background; harmless when it was started before.
    public func start() {
        guard ledger.move(from: .idle, to: .running) else { return }
        Task { await self.work() }
    }

    /// Works until the worker is stopped; cancelling the task stops it, with the grace period.
    public func run() async {
        start()
        await withTaskCancellationHandler {
            await end.wait()
        } onCancel: {
            Task { await self.stop() }
        }
    }

    /// Stops: claims nothing more, lets the jobs finish their present steps, hands back what is left.
    ///
    /// Runs that go on stay `running`; a stop never cancels a run. A handler that does not end within the grace
    /// period is cancelled; if it ignores that too, its job passes on when the claim expires.
    ///
    /// - Parameter grace: How long to wait for present steps; nil: as the options say.
    public func stop(grace: Duration? = nil) async {
        guard ledger.move(from: .running, to: .draining) else {
            if ledger.phase == .draining { await end.wait() }
            return
        }
        signal.raise()
        for job in ledger.jobs { job.runner?.shutdown() }
        await drain(atMost: grace ?? options.shutdownGracePeriod)
        for job in ledger.jobs { _ = ledger.abandon(job.claimed.job.id, .stopping) }
        await drain(atMost: .seconds(2))
        _ = ledger.move(from: .draining, to: .stopped)
        heartbeatSignal.raise()
        try? await queue.unregisterWorker(id: id)
        emit(.workerStopped)
        hub.finish()
        runHub.finish()
        end.open()
    }

    /// Waits until no job is held, or until the time has passed.
    private func drain(atMost limit: Duration) async {
        let deadline = clock.now().addingTimeInterval(limit / .seconds(1))
        while ledger.count > 0 {
            let left = Duration.seconds(deadline.timeIntervalSince(clock.now()))
            guard left > .zero else { return }
            await drainSignal.wait(atMost: left, clock: clock)
        }
    }

    func emit(_ kind: WorkerEvent.Kind, _ job: WorkflowJob? = nil) {
        hub.send(
            WorkerEvent(kind: kind, workerID: id, jobID: job?.id, runID: job?.runID, time: clock.now()))
    }
}

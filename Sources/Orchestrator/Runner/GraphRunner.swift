public import FoundationEssentials
import StoreContracts

/// Executes one run of a graph, step by step, each step durable before the next one begins.
///
/// A runner executes once. Where the run stands is read from the store: a fresh run starts from the given state, one
/// with a history goes on from it. Two runners on one run are stopped by the fence or by the sequence of the log.
///
/// Cancelling the task that runs it abandons the run: nothing more is written, and the run goes on with its next
/// claim. To end a run for good, call ``cancel()``.
public final class GraphRunner: Sendable {
    /// The graph.
    public var graph: WorkflowGraph { prepared.index.graph }
    /// The run.
    public let runID: UUID
    private let prepared: PreparedGraph
    private let seed: RunSeed
    private let handlers: HandlerRegistry
    private let store: any RunStore
    private let options: RunnerOptions
    private let control = RunControl()
    private let hub: EventHub<RunEvent>

    /// Creates a runner.
    ///
    /// - Parameters:
    ///   - graph: What to execute.
    ///   - state: The state of a fresh run; of a run with a history only the id counts.
    ///   - handlers: The handlers of the graph's nodes.
    ///   - store: Where steps become durable.
    ///   - options: How to work.
    ///   - response: The decision for a run that waits.
    public convenience init(
        graph: WorkflowGraph, state: WorkflowState, handlers: HandlerRegistry,
        store: any RunStore = DiscardingRunStore(), options: RunnerOptions = RunnerOptions(),
        response: HumanResponse? = nil
    ) {
        self.init(
            PreparedGraph(graph), seed: RunSeed(state: state, response: response), handlers: handlers,
            store: store, options: options)
    }

    init(
        _ prepared: PreparedGraph, seed: RunSeed, handlers: HandlerRegistry, store: any RunStore,
        options: RunnerOptions
    ) {
        self.prepared = prepared
        self.runID = seed.state.runID
        self.seed = seed
        self.handlers = handlers
        self.store = store
        self.options = options
        hub = EventHub(observer: options.observer)
    }

    /// What happens to the run in this process, from now on; a reader that lags 4,096 events behind loses the oldest.
    public var events: AsyncStream<RunEvent> { hub.stream() }

    /// How many executions of nodes run on although the runner no longer waits for them.
    public var orphanCount: Int { control.orphanCount }

    /// Returns when no such execution runs on; a handler that never ends keeps it waiting.
    func waitForOrphans() async { await control.waitForOrphans() }

    /// Ends the run: cancels the node that executes, keeps what it still returns, and makes the run `cancelled`.
    ///
    /// A run that has ended stays as it is.
    public func cancel() { control.send(.cancel) }

    /// Stops after the present step: the run stays `running` and can go on anywhere.
    public func shutdown() { control.send(.shutdown) }

    /// Stops now and writes nothing more; the present step will be executed again.
    public func abandon() { control.send(.abandon) }

    /// Executes the run and returns its state.
    ///
    /// Returns for a run that is complete, waits, was cancelled or stopped, reached its iteration limit, or stands at
    /// a node that does not exist.
    ///
    /// - Throws: the error that the run failed with, after it was committed; `WorkflowError` of a kind that leaves
    ///   the run untouched; `StoreError`; `CancellationError` if the runner was abandoned.
    public func run() async throws -> WorkflowState {
        let report = try await runOutcome()
        switch report.outcome {
        case .completed, .waiting, .paused, .cancelled: return report.state
        case .failed(let error as WorkflowError) where error.isReturnedQuietly: return report.state
        case .failed(let error): throw error
        case .timedOut:
            throw WorkflowError.workflowTimeout(
                workflowID: report.state.workflowID, runID: runID, elapsed: report.state.activeElapsed)
        case .abandoned: throw CancellationError()
        }
    }

    /// Executes the run and says how it ended; only what is no fault of the run is thrown.
    ///
    /// - Throws: `WorkflowError` (`wiring`, `eventLogCorrupt`, `replayVersionMismatch`, `persistenceUnavailable`) and
    ///   `StoreError`; the run is as last committed. A lost claim is not thrown: the outcome is `abandoned`.
    public func runOutcome() async throws -> RunReport {
        precondition(control.begin(), "a runner executes once; make another one")
        defer { hub.finish() }
        let loop = RunLoop(
            graph: prepared, handlers: handlers, store: store, options: options, control: control,
            hub: hub, state: seed.state)
        return try await withTaskCancellationHandler {
            try await loop.run(seed)
        } onCancel: {
            control.send(.abandon)
        }
    }
}

extension WorkflowError {
    /// Whether `run()` returns the failed state for it instead of throwing.
    fileprivate var isReturnedQuietly: Bool {
        switch self {
        case .iterationLimit, .missingNode: true
        default: false
        }
    }
}

public import FoundationEssentials
import StoreContracts

extension GraphRunner {
    /// Creates a runner that persists through a closure and an event log, for programs that bring these two.
    ///
    /// Events are appended before the state is saved; the two are not atomic. Recovery finishes a step that was cut
    /// between them.
    ///
    /// - Parameters:
    ///   - graph: What to execute.
    ///   - state: The state of a fresh run, or one that was saved.
    ///   - handlers: The handlers of the graph's nodes.
    ///   - persistState: Saves a state; called once per commit.
    ///   - eventLog: Where events go.
    ///   - loadState: Finds the newest saved state of a run, if the program can.
    ///   - options: How to work.
    public convenience init(
        graph: WorkflowGraph, state: WorkflowState, handlers: HandlerRegistry,
        persistState: @escaping @Sendable (WorkflowState) async throws -> Void,
        eventLog: any EventLogWriter = NoopEventLogWriter(),
        loadState: @escaping @Sendable (UUID) async throws -> WorkflowState? = { _ in nil },
        options: RunnerOptions = RunnerOptions()
    ) {
        self.init(
            graph: graph, state: state, handlers: handlers,
            store: ClosureRunStore(
                eventLog: eventLog, loadState: loadState, persistState: persistState, clock: options.clock),
            options: options)
    }

    /// Creates a runner that goes on with a run from its event log.
    ///
    /// Running it throws `eventLogCorrupt` if the log is empty, has holes, or has no start.
    ///
    /// - Parameters:
    ///   - graph: What to execute.
    ///   - runID: The run.
    ///   - eventLog: The fenced log of the run; steps are appended to it too.
    ///   - handlers: The handlers of the graph's nodes.
    ///   - persistState: Saves a state; called once per commit.
    ///   - options: How to work.
    /// - Returns: The runner, which reads the log when it runs.
    public static func recover(
        graph: WorkflowGraph, runID: UUID, eventLog: any EventLogWriter, handlers: HandlerRegistry,
        persistState: @escaping @Sendable (WorkflowState) async throws -> Void = { _ in },
        options: RunnerOptions = RunnerOptions()
    ) -> GraphRunner {
        let state = WorkflowState(
            workflowID: graph.id, runID: runID, goal: "", createdAt: options.clock.now())
        return GraphRunner(
            PreparedGraph(graph), seed: RunSeed(state: state, requiresHistory: true), handlers: handlers,
            store: ClosureRunStore(eventLog: eventLog, persistState: persistState, clock: options.clock),
            options: options)
    }
}

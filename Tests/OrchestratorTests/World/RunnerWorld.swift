import FoundationEssentials
import JSONModel
import Locking
import Orchestrator
import StoreContracts

/// A store with one graph, its handlers, and a count of what they did.
final class RunnerWorld: Sendable {
    let graph: WorkflowGraph
    let clock: InstantClock
    let store: InMemoryStore
    let runID = UUID()
    private let calls = Lock<[String: Int]>([:])
    private let registry: Lock<HandlerRegistry>

    init(_ graph: WorkflowGraph) async throws {
        self.graph = graph
        clock = InstantClock()
        store = InMemoryStore(clock: clock)
        registry = Lock(HandlerRegistry())
        try await provider.saveGraph(graph)
    }

    var provider: InMemoryPersistenceProvider { InMemoryPersistenceProvider(store: store) }
    var runStore: InMemoryRunStore { InMemoryRunStore(store: store) }
    var handlers: HandlerRegistry { registry.withLock { $0 } }

    var options: RunnerOptions {
        var options = RunnerOptions()
        options.clock = clock
        options.random = { 0.5 }
        return options
    }

    /// How often a handler was called.
    func count(_ id: String) -> Int { calls.withLock { $0[id] ?? 0 } }

    /// Registers a handler that counts its calls.
    func on(_ id: String, _ body: @escaping @Sendable (NodeContext) async throws -> NodeOutcome) {
        registry.withLock { registry in
            registry.register(id) { [weak self] context in
                self?.calls.withLock { $0[id, default: 0] += 1 }
                return try await body(context)
            }
        }
    }

    /// A state for the run.
    func state(_ change: (inout WorkflowState) -> Void = { _ in }) -> WorkflowState {
        var state = WorkflowState(workflowID: graph.id, runID: runID, goal: "test", createdAt: clock.now())
        change(&state)
        return state
    }

    func runner(
        _ state: WorkflowState? = nil, store: (any RunStore)? = nil, response: HumanResponse? = nil,
        _ change: (inout RunnerOptions) -> Void = { _ in }
    ) -> GraphRunner {
        var options = options
        change(&options)
        return GraphRunner(
            graph: graph, state: state ?? self.state(), handlers: handlers, store: store ?? runStore,
            options: options, response: response)
    }

    func events() async throws -> [WorkflowEvent] { try await provider.loadEvents(runID: runID) }

    /// The log in the notation of the contract: `NS@a ACT[update_memory]@a _advance`.
    func log() async throws -> String {
        try await events().map { event in
            switch event.eventType {
            case .nodeStarted: "NS@\(event.nodeID ?? "?")"
            case .actionDispatched:
                "ACT[\(event.action?["type"]?.stringValue ?? "?")]@\(event.nodeID ?? "?")"
            case .workflowStarted: "WS"
            case .childActionDispatched: "CHILD@\(event.nodeID ?? "?")"
            default: event.internalType ?? event.eventType.rawValue
            }
        }.joined(separator: " ")
    }

    /// The newest snapshot.
    func snapshot() async throws -> WorkflowState? {
        try await provider.loadLatestWorkflowState(runID: runID)
    }

    /// Whether the log is contiguous from 0 and folds to the newest snapshot.
    func isConsistent() async throws -> Bool {
        let events = try await events()
        guard events.map(\.sequenceID) == Array(0..<events.count) else { return false }
        return try replay(events, graphID: graph.id) == (try await snapshot())
    }
}

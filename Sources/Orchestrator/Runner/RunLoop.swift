import FoundationEssentials
import StoreContracts

/// One execution of a run: where it stands, and the loop over its steps.
///
/// It is used by one task only.
final class RunLoop {
    let index: GraphIndex
    let problems: [GraphProblem]
    /// One per node with a policy for it.
    let breakers: [String: CircuitBreaker]
    let rules: StepRules
    let handlers: HandlerRegistry
    let store: any RunStore
    /// As given, but with a clock that agrees with the store's once the run has begun.
    var options: RunnerOptions
    let control: RunControl
    let hub: EventHub<RunEvent>
    /// The state as last committed.
    var state: WorkflowState
    var nextSequence = 0
    /// The items of the present step that are recorded.
    var recordedItems: [Int: WorkflowAction] = [:]
    /// Up to where running time is counted.
    var lastTick: Date
    var eventsSinceCompaction = 0
    var isJobSettled = false
    var hasCommitted = false
    var commits = 0
    var wasResponseStale = false
    let committer: Committer

    init(
        graph: PreparedGraph, handlers: HandlerRegistry, store: any RunStore, options: RunnerOptions,
        control: RunControl, hub: EventHub<RunEvent>, state: WorkflowState
    ) {
        index = graph.index
        problems = graph.problems
        breakers = Self.breakers(graph.index.graph)
        self.handlers = handlers
        self.store = store
        self.options = store.settlesJobs ? options : options.withoutJob
        self.control = control
        self.hub = hub
        self.state = state
        rules = StepRules(
            index: index, allowImplicitCompletion: options.allowImplicitCompletion, pricing: options.pricing,
            middleware: options.middleware)
        lastTick = options.clock.now()
        committer = Committer(store: store, options: options, control: control)
    }

    private static func breakers(_ graph: WorkflowGraph) -> [String: CircuitBreaker] {
        let pairs = graph.nodes.compactMap { node in
            node.failurePolicy.circuitBreaker.flatMap { $0.isEnabled ? (node.id, CircuitBreaker($0)) : nil }
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// Executes the run.
    func run(_ seed: RunSeed) async throws -> RunReport {
        do {
            if let outcome = try await begin(seed) { return report(outcome) }
            return report(try await loop())
        } catch let error as StoreError where error.meansClaimLost {
            return report(.abandoned)
        } catch is AbandonedRun {
            return report(.abandoned)
        }
    }

    private func report(_ outcome: RunOutcome) -> RunReport {
        emitEnd(outcome)
        return RunReport(
            outcome: outcome, state: state, isJobSettled: isJobSettled, wasResponseStale: wasResponseStale)
    }

    /// Executes nodes until the run ends, waits, or is to stop.
    private func loop() async throws -> RunOutcome {
        while state.status == .running, let nodeID = state.currentNode {
            switch control.request {
            case .abandon: throw AbandonedRun()
            case .cancel:
                return try await end {
                    $0.dispatch(.cancel)
                    return .cancelled
                }
            case .shutdown: return .paused
            case .none: break
            }
            guard let node = index.node(nodeID) else {
                let rules = rules
                return try await end { rules.addFailure(WorkflowError.missingNode(nodeID: nodeID), to: &$0) }
            }
            if remainingTime <= .zero {
                return try await end {
                    $0.dispatch(.timeOut)
                    return .timedOut
                }
            }
            if let outcome = try await step(node) { return outcome }
        }
        return Self.outcome(of: state)
    }

    /// The outcome of a run that is not running.
    static func outcome(of state: WorkflowState) -> RunOutcome {
        switch state.status {
        case .completed: .completed
        case .cancelled: .cancelled
        case .timeout: .timedOut
        case .waiting: .waiting
        case .failed: .failed(RecordedFailure(message: state.lastError ?? "the run has failed"))
        case .running, .pending, .scheduled, .retrying: .paused
        }
    }

    /// Commits an ending.
    func end(_ build: (inout StepDraft) -> StepEnding) async throws -> RunOutcome {
        var draft = makeDraft()
        let ending = build(&draft)
        return try await commit(draft, ending) ?? .paused
    }

    func makeDraft() -> StepDraft {
        StepDraft(
            state: state, nextSequence: nextSequence, limits: options.limits, ids: options.ids,
            now: options.clock.now())
    }

    /// Running time since the last call, in whole milliseconds; the rest counts next time.
    func tick() -> Duration {
        let elapsed = max(.zero, Duration.seconds(options.clock.now().timeIntervalSince(lastTick)))
            .wholeMilliseconds
        lastTick = lastTick.addingTimeInterval(elapsed / .seconds(1))
        return elapsed
    }

    /// What is left of the run's time.
    var remainingTime: Duration {
        let segment = max(.zero, Duration.seconds(options.clock.now().timeIntervalSince(lastTick)))
        return state.maxExecutionTime - state.activeElapsed - segment
    }
}

/// The runner was abandoned: stop and write nothing.
struct AbandonedRun: Error {}

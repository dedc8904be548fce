public import FoundationEssentials
public import StoreContracts

/// Why a run failed, or why this process could not go on with it.
public enum WorkflowError: Error, Sendable {
    /// Which budget of a run was exceeded.
    public enum BudgetKind: String, Hashable, Sendable {
        /// Tokens.
        case tokens
        /// US dollars.
        case usd
    }

    /// The run used more than its budget. The run has failed.
    case budgetExceeded(kind: BudgetKind, used: Double, budget: Double)
    /// A node used more than its own budget. The run has failed.
    case nodeBudgetExceeded(nodeID: String, limit: String, used: Double, cap: Double)
    /// The run was out of time. Its status is `timeout`.
    case workflowTimeout(workflowID: UUID, runID: UUID, elapsed: Duration)
    /// A node was out of time. The run has failed.
    case nodeTimedOut(nodeID: String, limit: Duration)
    /// A node's configuration cannot be executed. The run has failed.
    case nodeConfig(nodeID: String, nodeType: String, missingField: String)
    /// No runner executes nodes of this type.
    case unsupportedNodeType(String)
    /// No edge leads on from a node that is no end. The run has failed.
    case noMatchingEdge(nodeID: String)
    /// The run's node is not in the graph. The run has failed.
    case missingNode(nodeID: String)
    /// The run reached its limit of node executions. The run has failed.
    case iterationLimit(Int)
    /// The node failed too often lately and is not tried for a while.
    case circuitBreakerOpen(nodeID: String)
    /// A supervisor chose a node that it does not manage.
    case supervisorRouting(supervisorID: String, chosenNode: String, allowedNodes: [String])
    /// The graph cannot be executed by anyone. The run has failed.
    case graphInvalid([GraphProblem])
    /// This process has no handler for these nodes. The run is untouched.
    case wiring(nodeIDs: [String])
    /// The event log contradicts itself. The run is untouched.
    case eventLogCorrupt(runID: UUID, sequenceID: Int?, reason: String)
    /// The log must be replayed and was written by rules that this engine does not have. The run is untouched.
    case replayVersionMismatch(logged: Int, current: Int)
    /// The store failed too often in a row. The run is as last committed.
    case persistenceUnavailable(cause: StoreError)
}

extension WorkflowError {
    /// The stable name.
    public var name: String {
        switch self {
        case .budgetExceeded: "BudgetExceededError"
        case .nodeBudgetExceeded: "NodeBudgetExceededError"
        case .workflowTimeout: "WorkflowTimeoutError"
        case .nodeTimedOut: "NodeTimeoutError"
        case .nodeConfig: "NodeConfigError"
        case .unsupportedNodeType: "UnsupportedNodeTypeError"
        case .noMatchingEdge: "NoMatchingEdgeError"
        case .missingNode: "MissingNodeError"
        case .iterationLimit: "IterationLimitError"
        case .circuitBreakerOpen: "CircuitBreakerOpenError"
        case .supervisorRouting: "SupervisorRoutingError"
        case .graphInvalid: "GraphInvalidError"
        case .wiring: "RunnerWiringError"
        case .eventLogCorrupt: "EventLogCorruptionError"
        case .replayVersionMismatch: "ReplayVersionMismatchError"
        case .persistenceUnavailable: "PersistenceUnavailableError"
        }
    }
}

extension WorkflowError: RetryClassifying {
    /// Whether another attempt of the node can help.
    public var isRetryable: Bool? {
        switch self {
        case .circuitBreakerOpen, .supervisorRouting: true
        default: false
        }
    }
}

extension WorkflowError: CustomStringConvertible {
    /// What happened and what to do.
    public var description: String {
        switch self {
        case .budgetExceeded(.tokens, let used, let budget):
            "\(name): the run used \(Int(used)) tokens of \(Int(budget)). Raise max_token_budget for such runs."
        case .budgetExceeded(.usd, let used, let budget):
            "\(name): the run spent \(used) of \(budget) US dollars. Raise budget_usd for such runs."
        case .nodeBudgetExceeded(let node, let limit, let used, let cap):
            "\(name): node \(node) used \(used) of \(cap) (\(limit)). Raise the node's budget."
        case .workflowTimeout(_, let run, let elapsed):
            "\(name): run \(run.text) was out of time after \(elapsed). Raise max_execution_time_ms."
        case .nodeTimedOut(let node, let limit):
            "\(name): node \(node) did not finish within \(limit). Raise the node's timeout_ms."
        case .nodeConfig(let node, let type, let field):
            "\(name): node \(node) of type \(type) cannot run: \(field). Correct the graph."
        case .unsupportedNodeType(let type): "\(name): nodes of type \(type) are not executed here."
        case .noMatchingEdge(let node):
            "\(name): no edge leads on from node \(node). Add an edge or make it an end node."
        case .missingNode(let node): "\(name): node \(node) is not in the graph."
        case .iterationLimit(let limit):
            "\(name): the run reached its limit of \(limit) node executions. Raise max_iterations."
        case .circuitBreakerOpen(let node): "\(name): node \(node) failed too often lately."
        case .supervisorRouting(let supervisor, let chosen, let allowed):
            "\(name): supervisor \(supervisor) chose \(chosen); it manages \(allowed.joined(separator: ", "))."
        case .graphInvalid(let problems):
            "\(name): \(problems.map(\.description).joined(separator: "; ")). Correct the graph."
        case .wiring(let nodes):
            "\(name): no handler is registered for \(nodes.joined(separator: ", ")). Register it in this process."
        case .eventLogCorrupt(let run, let sequence, let reason):
            "\(name): the log of run \(run.text) \(sequence.map { "at \($0) " } ?? "")\(reason)."
        case .replayVersionMismatch(let logged, let current):
            "\(name): the log was written by replay version \(logged), this engine has \(current)."
        case .persistenceUnavailable(let cause):
            "\(name): the store failed too often in a row; the run is as last committed. \(cause)"
        }
    }
}

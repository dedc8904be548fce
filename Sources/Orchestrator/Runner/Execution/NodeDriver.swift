import FoundationEssentials
import JSONModel
import StoreContracts

/// Turns one node into one action: attempts, waits between them, and the node's kind.
struct NodeDriver: Sendable {
    let node: GraphNode
    let graph: GraphIndex
    let state: WorkflowState
    let handlers: HandlerRegistry
    let factory: ActionFactory
    let options: RunnerOptions
    let deadline: Date?
    let log: AttemptLog
    let control: RunControl
    let breaker: CircuitBreaker?
    /// Records finished items of a map.
    let children: ChildRecorder?
    /// Tells observers.
    let emit: @Sendable (RunEvent.Kind) -> Void

    /// The key of this step, the same over attempts and crashes.
    var stepKey: String { "\(state.runID.text):\(node.id):\(state.iterationCount)" }

    /// Executes the node; `transaction` is the step's, for a transactional handler.
    ///
    /// - Throws: the error of the last attempt; `CancellationError`; `InfrastructureFailure`; `LostTransaction`.
    func execute(in transaction: (any StepTransaction)? = nil) async throws -> WorkflowAction {
        let attempts = node.failurePolicy.attempts
        var attempt = 1
        while true {
            log.begin(attempt)
            do {
                try Task.checkCancellation()
                return try await runAttempt(attempt, transaction)
            } catch let error as InfrastructureFailure {
                throw error
            } catch {
                // What was lost with the transaction is no failure of the node.
                if !Task.isCancelled, let failure = transaction?.failure {
                    throw LostTransaction(failure: failure)
                }
                log.add(FailedAttempt(attempt: attempt, usage: (error as? any UsageReporting)?.partialUsage))
                let isFinal = (error as? any RetryClassifying)?.isRetryable == false
                guard attempt < attempts, !isFinal, !Task.isCancelled, !(error is CancellationError) else {
                    throw error
                }
            }
            let wait = node.failurePolicy.backoff(afterAttempt: attempt)
            attempt += 1
            emit(.nodeRetry(nodeID: node.id, attempt: attempt, backoff: wait))
            try await options.clock.sleep(for: wait)
        }
    }

    private func runAttempt(_ attempt: Int, _ transaction: (any StepTransaction)?) async throws
        -> WorkflowAction
    {
        guard let transaction else { return try await perform(attempt, nil) }
        return try await transaction.attempt { try await perform(attempt, transaction) }
    }

    private func perform(_ attempt: Int, _ transaction: (any StepTransaction)?) async throws -> WorkflowAction
    {
        guard breaker?.admits(at: options.clock.now()) ?? true else {
            throw WorkflowError.circuitBreakerOpen(nodeID: node.id)
        }
        do {
            let given = try await shortCut(attempt)
            var action: WorkflowAction
            if let given { action = given } else { action = try await run(attempt, transaction) }
            for hooks in options.middleware {
                guard let hook = hooks.afterNodeExecute else { continue }
                action = try await hook(context(attempt), action)
            }
            breaker?.record(success: true, at: options.clock.now())
            return action
        } catch {
            breaker?.record(success: false, at: options.clock.now())
            throw error
        }
    }

    /// The action that middleware gives in place of the node.
    private func shortCut(_ attempt: Int) async throws -> WorkflowAction? {
        for hooks in options.middleware {
            if let outcome = try await hooks.beforeNodeExecute?(context(attempt)) {
                return try factory.action(outcome, attempt: attempt)
            }
        }
        return nil
    }

    private func run(_ attempt: Int, _ transaction: (any StepTransaction)?) async throws -> WorkflowAction {
        switch node.type {
        case .router: return factory.action(.updateMemory([:]), attempt: attempt)
        case .approval: return try approval(attempt)
        case .map: return try await MapExecution(driver: self).run(attempt: attempt)
        case .supervisor:
            if let action = supervisorLimit(attempt) { return action }
            return try await call(attempt, transaction)
        case .agent, .tool: return try await call(attempt, transaction)
        default: throw WorkflowError.unsupportedNodeType(node.type.rawValue)
        }
    }

    private func call(_ attempt: Int, _ transaction: (any StepTransaction)?) async throws -> WorkflowAction {
        guard let handler = handlers.handler(for: node) else {
            throw WorkflowError.wiring(nodeIDs: [node.id])
        }
        let start = options.clock.now()
        let context = context(attempt)
        let outcome: NodeOutcome
        if let handler = handler as? any TransactionalNodeHandler, let transaction {
            outcome = try await handler.execute(context, in: transaction)
        } else {
            outcome = try await handler.execute(context)
        }
        let duration = Duration.seconds(options.clock.now().timeIntervalSince(start))
        let action = try factory.action(outcome, attempt: attempt, duration: duration)
        try action.checkPermissions(graph.graph.effectiveWriteKeys(of: node))
        return action
    }

    private func context(_ attempt: Int) -> NodeContext {
        NodeContext(
            node: node, graphID: state.workflowID, runID: state.runID,
            view: view(of: node), attempt: attempt, iteration: state.iterationCount,
            stepKey: stepKey, claimEpoch: options.claim?.epoch,
            supervisorHistory: state.supervisorHistory.filter { $0.supervisorID == node.id },
            remainingBudgetUSD: state.budgetUSD.flatMap { $0 > 0 ? max(0, $0 - state.totalCostUSD) : nil },
            deadline: deadline, clock: options.clock)
    }

    private func supervisorLimit(_ attempt: Int) -> WorkflowAction? {
        guard let limit = node.supervisorConfig?.maxIterations, factory.handoffs >= limit else { return nil }
        return factory.action(
            .setStatus(.completed, completionReason: "the supervisor reached its limit of \(limit) handoffs"),
            attempt: attempt)
    }

    private func approval(_ attempt: Int) throws(WorkflowError) -> WorkflowAction {
        guard let config = node.approvalConfig else {
            throw .nodeConfig(
                nodeID: node.id, nodeType: "approval", missingField: "approval_config is missing")
        }
        let memory = view(of: node).memory
        var review: JSONObject = [:]
        if config.reviewKeys.contains("*") {
            review = memory
        } else {
            for key in config.reviewKeys { review[key] = memory[key] }
        }
        var action = factory.action(.updateMemory([:]), attempt: attempt)
        var pending: JSONObject = [
            "node_id": .string(node.id), "prompt_message": .string(config.promptMessage),
            "review_data": .object(review), "approval_id": .string(action.id.text),
        ]
        pending["rejection_node_id"] = config.rejectionNodeID.map { .string($0) }
        action.payload = .requestHumanInput(
            HumanInputRequest(
                waitingFor: .humanApproval, timeout: config.timeout, pendingApproval: .object(pending)))
        return action
    }

    /// What a node may read.
    func view(of node: GraphNode, taskContext: JSONObject? = nil) -> StateView {
        StateView(state, readKeys: graph.graph.effectiveReadKeys(of: node), taskContext: taskContext)
    }
}

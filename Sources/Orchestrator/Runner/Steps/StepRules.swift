import StoreContracts

/// What decides how a step goes on: the graph and the options that touch it.
struct StepRules: Sendable {
    let index: GraphIndex
    let allowImplicitCompletion: Bool
    let pricing: @Sendable (String, Int, Int) -> Double
    var middleware: [RunMiddleware] = []

    /// The shares of a budget that are announced.
    static let thresholds = [0.5, 0.75, 0.9, 1.0]

    /// Adds a node's whole step to the draft: action, usage, iteration and routing, without scheduling the next node.
    ///
    /// `elapsed` is the running time of the step; with `isCancelled` the run is cancelled in place of routing.
    func addStep(
        _ action: WorkflowAction, node: GraphNode, failed: [FailedAttempt], elapsed: Duration,
        isCancelled: Bool, to draft: inout StepDraft
    ) -> StepEnding {
        addFailedAttempts(failed, nodeID: node.id, to: &draft)
        for entry in action.compensationEntries ?? [] { draft.dispatch(.pushCompensation(entry)) }
        if node.requiresCompensation, let compensation = action.compensation {
            draft.dispatch(
                .pushCompensation(CompensationEntry(actionID: action.id.text, compensation: compensation)))
        }
        draft.apply(action)
        for hooks in middleware { hooks.afterReduce?(action, draft.state) }
        if let error = addUsage(of: action, node: node, to: &draft) { return .failed(error) }
        return finish(action, node: node, elapsed: elapsed, isCancelled: isCancelled, in: &draft)
    }

    /// Adds the iteration and the routing of an action whose usage is counted.
    func finish(
        _ action: WorkflowAction, node: GraphNode?, elapsed: Duration?, isCancelled: Bool,
        in draft: inout StepDraft
    ) -> StepEnding {
        draft.dispatch(.incrementIteration(elapsed: elapsed?.wholeMilliseconds))
        if isCancelled, !draft.state.status.isTerminal {
            draft.dispatch(.cancel)
            return .cancelled
        }
        return addRouting(of: action, nodeID: node?.id ?? action.metadata.nodeID, to: &draft)
    }

    /// Adds the routing of a finished node (none, if the status or the action decides already).
    func addRouting(of action: WorkflowAction, nodeID: String, to draft: inout StepDraft) -> StepEnding {
        if let ending = ending(of: draft.state) { return ending }
        if index.isEndNode(nodeID) {
            draft.dispatch(.complete)
            return .completed
        }
        var target: String?
        var isEdge = false
        switch action.payload {
        case .handoff(let handoff): target = handoff.nodeID
        case .gotoNode(let node): target = node
        default:
            target = index.route(from: nodeID, in: draft.state).edge?.target
            isEdge = true
        }
        guard let target else { return addDeadEnd(nodeID, to: &draft) }
        guard draft.state.iterationCount < draft.state.maxIterations else {
            return addFailure(WorkflowError.iterationLimit(draft.state.maxIterations), to: &draft)
        }
        guard isEdge else { return .next(target) }
        let chosen = advance(from: nodeID, to: target, draft.state)
        draft.dispatch(.advance(to: chosen))
        return .next(chosen)
    }

    /// Where an edge leads after the middleware; what is no node of the graph is not followed.
    private func advance(from source: String, to target: String, _ state: WorkflowState) -> String {
        for hooks in middleware {
            if let other = hooks.beforeAdvance?(source, target, state), index.node(other) != nil {
                return other
            }
        }
        return target
    }

    private func addDeadEnd(_ nodeID: String, to draft: inout StepDraft) -> StepEnding {
        guard allowImplicitCompletion else {
            return addFailure(WorkflowError.noMatchingEdge(nodeID: nodeID), to: &draft)
        }
        draft.dispatch(.complete)
        return .completed
    }

    /// Adds the run's failure.
    func addFailure(_ error: any Error, to draft: inout StepDraft) -> StepEnding {
        draft.dispatch(.fail(lastError: String(describing: error)))
        return .failed(error)
    }

    /// Where a status other than running leaves the run.
    private func ending(of state: WorkflowState) -> StepEnding? {
        switch state.status {
        case .running, .pending, .scheduled, .retrying: nil
        case .waiting: .waiting
        case .completed: .completed
        case .cancelled: .cancelled
        case .timeout: .timedOut
        case .failed: .failed(RecordedFailure(message: state.lastError ?? "the run has failed"))
        }
    }
}

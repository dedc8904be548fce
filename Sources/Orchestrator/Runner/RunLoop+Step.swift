import FoundationEssentials
import StoreContracts

extension RunLoop {
    /// What came of a node's execution.
    private enum Execution: Sendable {
        case action(WorkflowAction)
        case committed(PreparedStep, CommitReceipt)
        case failed(any Error)
        case nodeTimedOut(Duration)
        case runTimedOut
        case cancelled
    }

    /// Executes a node and commits its step; an outcome if the run does not go on.
    func step(_ node: GraphNode) async throws -> RunOutcome? {
        emit(.nodeStart(nodeID: node.id, iteration: state.iterationCount))
        let log = AttemptLog()
        let children = makeRecorder(node)
        let execution: Execution
        do {
            execution = try await execute(node, log, children)
        } catch {
            _ = await children?.close()
            throw error
        }
        if let children { nextSequence = await children.close() }
        if control.request == .abandon { throw AbandonedRun() }
        switch execution {
        case .committed(let prepared, let receipt):
            lastTick = prepared.draft.now
            let outcome = try await adopt(prepared, receipt)
            emit(.nodeComplete(nodeID: node.id, attempt: log.attempt))
            return outcome
        case .action(let action):
            let prepared = Self.build(
                action, node: node, failed: log.failed, elapsed: tick(), rules: rules, draft: makeDraft(),
                control: control, job: options.job)
            let receipt = try await committer.commit(
                prepared.commit(claim: options.claim, keptSnapshots: keptSnapshots))
            let outcome = try await adopt(prepared, receipt)
            emit(.nodeComplete(nodeID: node.id, attempt: log.attempt))
            return outcome
        case .failed, .nodeTimedOut, .runTimedOut, .cancelled:
            return try await fail(node, execution, log)
        }
    }

    /// Adds an action's step to a draft and prepares its commit.
    static func build(
        _ action: WorkflowAction, node: GraphNode, failed: [FailedAttempt], elapsed: Duration,
        rules: StepRules, draft: StepDraft, control: RunControl, job: JobHandle?
    ) -> PreparedStep {
        var draft = draft
        let request = control.request
        let ending = rules.addStep(
            action, node: node, failed: failed, elapsed: elapsed, isCancelled: request == .cancel, to: &draft)
        return PreparedStep(draft, ending, request: request, job: job)
    }

    private func fail(_ node: GraphNode, _ execution: Execution, _ log: AttemptLog) async throws -> RunOutcome
    {
        let failed = log.failed
        let rules = rules
        return try await end { draft in
            rules.addFailedAttempts(failed, nodeID: node.id, to: &draft)
            switch execution {
            case .cancelled:
                draft.dispatch(.cancel)
                return .cancelled
            case .runTimedOut:
                draft.dispatch(.timeOut)
                return .timedOut
            case .nodeTimedOut(let limit):
                let error = WorkflowError.nodeTimedOut(nodeID: node.id, limit: limit)
                emit(.nodeFailed(nodeID: node.id, attempt: log.attempt, error))
                return rules.addFailure(error, to: &draft)
            case .failed(let error):
                emit(.nodeFailed(nodeID: node.id, attempt: log.attempt, error))
                return rules.addFailure(error, to: &draft)
            case .action, .committed: return .waiting
            }
        }
    }

    private func makeRecorder(_ node: GraphNode) -> ChildRecorder? {
        guard node.type == .map else { return nil }
        let committer = committer
        return ChildRecorder(
            node: node, state: state, recorded: recordedItems, nextSequence: nextSequence,
            claim: options.claim, ids: options.ids
        ) { commit in
            _ = try await committer.commit(commit)
        }
    }

    private func makeDriver(
        _ node: GraphNode, _ log: AttemptLog, _ children: ChildRecorder?, _ limit: Duration
    )
        -> NodeDriver
    {
        let hub = hub
        let (runID, graphID, clock) = (state.runID, index.graph.id, options.clock)
        return NodeDriver(
            node: node, graph: index, state: state, handlers: handlers,
            factory: ActionFactory(
                node: node, iteration: state.iterationCount, handoffs: state.supervisorCounts[node.id] ?? 0,
                ids: options.ids, clock: options.clock), options: options,
            deadline: options.clock.now().addingTimeInterval(limit / .seconds(1)), log: log, control: control,
            breaker: breakers[node.id], children: children
        ) { kind in
            hub.send(RunEvent(kind: kind, runID: runID, graphID: graphID, time: clock.now()))
        }
    }

    /// Runs the node's handler within the tighter one of the node's and the run's limits of time.
    private func execute(
        _ node: GraphNode, _ log: AttemptLog, _ children: ChildRecorder?
    ) async throws -> Execution {
        let remaining = remainingTime
        let limit = min(node.failurePolicy.timeout ?? remaining, remaining)
        let driver = makeDriver(node, log, children, limit)
        let isTransactional =
            store.supportsStepTransactions && handlers.handler(for: node) is any TransactionalNodeHandler
        let ending = await BoundedExecution<Execution>.run(
            limit: limit, clock: options.clock, control: control
        ) {
            [transactional = isTransactional ? makeTransactionalStep(driver) : nil] in
            if let transactional {
                let (prepared, receipt) = try await transactional.run()
                return .committed(prepared, receipt)
            }
            return .action(try await driver.execute())
        }
        switch ending {
        case .abandoned: throw AbandonedRun()
        case .timedOut:
            if let timeout = node.failurePolicy.timeout, timeout < remaining { return .nodeTimedOut(timeout) }
            return .runTimedOut
        case .finished(.success(let execution)): return execution
        case .finished(.failure(let error as InfrastructureFailure)): throw error.underlying
        case .finished(.failure(let error)):
            if control.request == .abandon { throw AbandonedRun() }
            return control.request == .cancel ? .cancelled : .failed(error)
        }
    }

    private func makeTransactionalStep(_ driver: NodeDriver) -> TransactionalStep {
        TransactionalStep(
            driver: driver, store: store, rules: rules, state: state, nextSequence: nextSequence,
            start: lastTick, committer: committer, keptSnapshots: keptSnapshots)
    }
}

extension StepRules {
    /// Counts what failed attempts used.
    func addFailedAttempts(_ failed: [FailedAttempt], nodeID: String, to draft: inout StepDraft) {
        for usage in failed.compactMap(\.usage) {
            track(Amounts(usage, pricing: pricing), nodeID: nodeID, to: &draft)
        }
    }

    /// Counts what the action used and checks the budgets; returns the breach, which the draft then records.
    func addUsage(
        of action: WorkflowAction, node: GraphNode?, to draft: inout StepDraft
    ) -> WorkflowError? {
        let amounts = Amounts(action.metadata, pricing: pricing)
        trackTotals(amounts, to: &draft)
        addThresholds(to: &draft)
        if let error = runBreach(draft.state, amounts) {
            draft.dispatch(.budgetExceeded(lastError: error.description))
            return error
        }
        if let node, let error = nodeBreach(node, amounts) {
            draft.dispatch(.fail(lastError: error.description))
            return error
        }
        trackModel(amounts, nodeID: action.metadata.nodeID, to: &draft)
        return nil
    }

    private func track(_ amounts: Amounts, nodeID: String, to draft: inout StepDraft) {
        trackTotals(amounts, to: &draft)
        trackModel(amounts, nodeID: nodeID, to: &draft)
    }

    private func trackTotals(_ amounts: Amounts, to draft: inout StepDraft) {
        if amounts.total > 0 {
            draft.dispatch(.trackTokens(total: amounts.total, input: amounts.input, output: amounts.output))
        }
        if amounts.cost > 0 { draft.dispatch(.trackCost(usd: amounts.cost)) }
    }

    private func trackModel(_ amounts: Amounts, nodeID: String, to draft: inout StepDraft) {
        guard let model = amounts.model, amounts.input + amounts.output > 0 || amounts.total > 0 else {
            return
        }
        draft.dispatch(
            .trackModelUsage(
                ModelUsage(
                    model: model, nodeID: nodeID, inputTokens: amounts.input, outputTokens: amounts.output,
                    costUSD: amounts.cost)))
    }

    private func addThresholds(to draft: inout StepDraft) {
        guard let budget = draft.state.budgetUSD, budget > 0 else { return }
        for fraction in Self.thresholds
        where draft.state.totalCostUSD >= budget * fraction
            && !draft.state.costAlertThresholdsFired.contains(fraction)
        {
            draft.dispatch(.fireCostThreshold(fraction))
        }
    }

    private func runBreach(_ state: WorkflowState, _ amounts: Amounts) -> WorkflowError? {
        if let budget = state.maxTokenBudget, budget > 0, state.totalTokensUsed > budget {
            return .budgetExceeded(
                kind: .tokens, used: Double(state.totalTokensUsed), budget: Double(budget))
        }
        if let budget = state.budgetUSD, budget > 0, state.totalCostUSD >= budget {
            return .budgetExceeded(kind: .usd, used: state.totalCostUSD, budget: budget)
        }
        return nil
    }

    private func nodeBreach(_ node: GraphNode, _ amounts: Amounts) -> WorkflowError? {
        if let cap = node.budget?.maxTokens, amounts.total > cap {
            return .nodeBudgetExceeded(
                nodeID: node.id, limit: "max_tokens", used: Double(amounts.total), cap: Double(cap))
        }
        if let cap = node.budget?.maxCostUSD, amounts.cost > cap {
            return .nodeBudgetExceeded(nodeID: node.id, limit: "max_cost_usd", used: amounts.cost, cap: cap)
        }
        return nil
    }
}

/// What an execution used, priced and with everything that is no positive number at zero.
struct Amounts: Sendable {
    var total: Int
    var input: Int
    var output: Int
    var cost: Double
    var model: String?

    init(_ usage: NodeUsage, pricing: (String, Int, Int) -> Double) {
        self.init(
            input: usage.inputTokens, output: usage.outputTokens, total: usage.totalTokens,
            cost: usage.costUSD, model: usage.model, pricing: pricing)
    }

    init(_ metadata: ActionMetadata, pricing: (String, Int, Int) -> Double) {
        let usage = metadata.tokenUsage
        self.init(
            input: usage?.inputTokens ?? 0, output: usage?.outputTokens ?? 0, total: usage?.totalTokens,
            cost: usage?.costUSD, model: metadata.model, pricing: pricing)
    }

    private init(
        input: Int, output: Int, total: Int?, cost: Double?, model: String?,
        pricing: (String, Int, Int) -> Double
    ) {
        self.input = max(0, input)
        self.output = max(0, output)
        self.total = max(0, total ?? self.input.addingReportingOverflow(self.output).partialValue)
        let price = cost ?? model.map { pricing($0, max(0, input), max(0, output)) } ?? 0
        self.cost = price.isFinite && price > 0 ? price : 0
        self.model = model
    }
}
